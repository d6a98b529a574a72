package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.lang.String.format;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.Locale;
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
              for (let i = 0; i < edits; i += 1) {
                while (run.disabled) await frame();
                const data = new DataTransfer();
                data.setData("text/plain", `
            #include <stdio.h>
            #include <sys/socket.h>

            int main(void)
            {
                int fd = socket(AF_INET, SOCK_STREAM, 0);
                printf("${pause} ${i}: %d\\n", fd);
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
                while (calls() === before) await frame();
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
        student.openBench("c1-handshake"); // as a guest
        Page page = student.page();
        page.navigate("/play");
        student.button("Make this network").click();
        student.button("Open the bench").click();
        new BenchPage(page).awaitOpen();
        page.locator("[data-tab=code]").click();
        page.locator("[data-host-program=server]").click();
        page.locator("[data-act=run-program]").click(); // loads the compiler
        assertThat(page.locator("[data-console=server]"))
                .containsText(
                        "socket(AF_INET, SOCK_STREAM, 0) = 3",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(MINUTES));
        for (int pause : List.of(0, PAUSE_MS)) {
            List<?> edits = (List<?>) page.evaluate(EDITS, List.of(EDITED, pause));
            System.out.println("Run is pressed " + pause + " ms after the edit");
            report("edit to running", column(edits, 0));
            report("  of it until it is compiled", column(edits, 1));
            report("  of it handing it over", column(edits, 2));
        }
    }

    private static double[] column(List<?> rows, int number) {
        return rows.stream()
                .mapToDouble(row -> ((Number) ((List<?>) row).get(number)).doubleValue())
                .sorted()
                .toArray();
    }

    private static void report(String what, double[] sorted) {
        System.out.println(
                format(
                        Locale.ROOT,
                        "  %s: median %.0f, 95 of 100 under %.0f, longest %.0f ms",
                        what,
                        sorted[sorted.length / 2],
                        sorted[sorted.length * 95 / 100],
                        sorted[sorted.length - 1]));
    }
}
