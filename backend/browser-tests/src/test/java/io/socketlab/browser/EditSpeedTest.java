package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long it takes from an edit of a C program to its first call. It prints figures and fails on
 * none of them, since they are the machine's as well as ours. See docs/performance.md.
 */
@Tag("measure")
@ExtendWith(Browsers.class)
class EditSpeedTest {

    private static final double MINUTES = 5 * 60_000;

    /**
     * Writes a program over the one in the editor, presses Run at once or after a pause, and waits
     * until its first call is on the page. Answers how long that was from Run on, and which parts
     * of it were spent until the program was handed over and while it was.
     */
    private static final String EDITS =
            """
            async ([edits, pause]) => {
              const frame = () => new Promise((then) => requestAnimationFrame(then));
              const editor = document.querySelector(".cm-content");
              const run = document.querySelector("[data-act=run-program]");
              const calls = () => document.querySelectorAll("[data-console=server] .entry-call").length;
              const took = [];
              const until = async (what, came) => {
                const start = performance.now();
                while (!came()) {
                  if (performance.now() - start > 60000) {
                    const panel = document.querySelector("[data-tab-shown=code]")?.innerText;
                    throw new Error(`no ${what}: ${panel}`);
                  }
                  await frame();
                }
              };
              for (let i = 0; i < edits; i += 1) {
                await until("end of the build", () => !run.disabled);
                const data = new DataTransfer();
                data.setData("text/plain", `
            #include <stdio.h>
            #include <sys/socket.h>

            int main(void)
            {
                int fd = socket(AF_INET, SOCK_STREAM, 0);
                printf("${pause} ${i}: %d\\\\n", fd);
                return 0;
            }
            `);
                editor.ownerDocument.getSelection().selectAllChildren(editor);
                await frame();
                editor.dispatchEvent(
                  new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
                if (pause > 0) await new Promise((then) => setTimeout(then, pause));
                const before = calls();
                performance.clearResourceTimings();
                const start = performance.now();
                run.click();
                await until("first call", () => calls() !== before);
                const shown = performance.now();
                const [handed] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/api/v1/programs"));
                took.push([shown - start, handed.startTime - start, handed.duration]);
              }
              return took;
            }\
            """;

    private static final int EDITED = 20;

    /** Long enough for what is typed to be compiled meanwhile. */
    private static final int PAUSE_MS = 3_000;

    @Test
    void edit_to_running(Visitor student) {
        Page page = BenchPage.ofPrograms(student);
        page.locator("[data-host-program=server]").click();
        page.locator("[data-act=run-program]").click(); // loads the compiler
        assertThat(page.locator("[data-console=server]"))
                .containsText(
                        "socket(AF_INET, SOCK_STREAM, 0) = 3",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(MINUTES));
        for (int pause : List.of(0, PAUSE_MS)) {
            List<?> edits = (List<?>) page.evaluate(EDITS, List.of(EDITED, pause));
            System.out.println("Run is pressed " + pause + " ms after the edit");
            Figures.report("edit to running", column(edits, 0));
            Figures.report("  of it until it is compiled", column(edits, 1));
            Figures.report("  of it handing it over", column(edits, 2));
        }
    }

    private static double[] column(List<?> rows, int number) {
        return Figures.sorted(rows.stream().map(row -> ((List<?>) row).get(number)).toList());
    }
}
