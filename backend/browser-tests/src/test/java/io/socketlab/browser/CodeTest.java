package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** C programs, written and compiled in the page and run in the network. */
@ExtendWith(Browsers.class)
class CodeTest {

    /** The compiler is loaded first, which takes as long as its 23 MB take. */
    private static final double PATIENT_MS = 90_000;

    private static Page bench(Visitor student) {
        student.openBench("c1-handshake"); // as a guest
        Page page = student.page();
        page.navigate("/play");
        student.button("Make this network").click();
        student.button("Open the bench").click();
        new BenchPage(page).awaitOpen();
        page.locator("[data-tab=code]").click();
        return page;
    }

    private static void run(Page page, String host) {
        page.locator("[data-host-program=" + host + "]").click();
        page.locator("[data-act=run-program]").click();
        Locator consoleOfHost = page.locator("[data-console=" + host + "]");
        assertThat(consoleOfHost)
                .containsText(
                        "socket(AF_INET, SOCK_STREAM, 0) = 3",
                        new ContainsTextOptions().setTimeout(PATIENT_MS));
    }

    @Test
    void two_programs_are_compiled_and_talk_and_the_cursor_moves_over_their_lines(Visitor student) {
        Page page = bench(student);
        run(page, "server");
        assertThat(page.locator("[data-console=server]")).containsText("accept(3)");
        run(page, "client");
        page.locator("[data-act=run]").click();
        assertThat(page.locator(".code-output")).containsText("hello");

        page.locator("[data-host-program=server]").click();
        page.locator("[data-console=server] .entry-call").first().click();
        assertThat(page.locator(".cm-here")).containsText("socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(page.locator("[data-host-program=server]")).containsText("server.c:");
    }

    @Test
    void running_stops_at_a_breakpoint_and_lines_are_stepped_over_back_and_forth(Visitor student) {
        Page page = bench(student);
        page.locator("[data-host-program=server]").click();
        // the line of socket(), the next that calls; the program has not run yet
        page.locator(".cm-lineNumbers .cm-gutterElement", withText("13")).click();
        run(page, "server");
        assertThat(page.locator(".code-status")).containsText("Breakpoint: server.c:");
        assertThat(page.locator(".cm-here")).containsText("socket(AF_INET, SOCK_STREAM, 0)");

        page.keyboard().press("F7");
        assertThat(page.locator(".cm-here")).containsText("bind(listener");
        page.keyboard().press("Shift+F7");
        assertThat(page.locator(".cm-here")).containsText("socket(AF_INET, SOCK_STREAM, 0)");
    }

    @Test
    void calls_stand_beside_the_lines_that_made_them_and_lead_to_their_events(Visitor student) {
        Page page = bench(student);
        run(page, "server");
        Locator waiting = page.locator(".call-note[data-standing=waits]");
        assertThat(waiting).containsText("accept");
        Locator made = page.locator(".call-note[data-standing=done]").first();
        assertThat(made).containsText("socket");
        made.click();
        assertThat(page.locator(".panel-why"))
                .containsText("Event " + made.getAttribute("data-goto"));
        assertThat(page.locator(".socket-card[data-linked]")).hasCount(1);
    }

    @Test
    void several_files_are_compiled_together(Visitor student) {
        Page page = bench(student);
        page.locator("[data-host-program=server]").click();
        page.locator(".code-menu summary", withText("Files")).click();
        page.locator(".code-menu input[name=name]").fill("proto.h");
        page.locator("[data-act=add-file]").click();
        assertThat(page.locator("[data-file='proto.h']")).hasAttribute("aria-pressed", "true");
        page.locator("[data-file='server.c']").click();
        page.locator(".cm-content").click();
        page.keyboard().press("Control+Home");
        page.keyboard().insertText("#include \"proto.h\"\n");
        run(page, "server");
        assertThat(page.locator(".call-note[data-standing=waits]")).containsText("accept");
    }

    /** By the server where it has a compiler, else by the browser: the result says which. */
    @Test
    void what_compiled_a_program_is_said_beside_its_result(Visitor student) {
        student.openBench("s1-stream-without-messages");
        Page page = student.page();
        page.locator("[data-tab=code]").click();
        run(page, "server");
        new BenchPage(page).submit();
        assertThat(page.locator("#programs li")).hasCount(1);
        assertThat(page.locator("#programs li"))
                .hasText(
                        Pattern.compile(
                                "server runs server\\. (Compiled here from its source, by clang .*|Handed in compiled, by the browser .*)"));
    }

    private static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    @Test
    void a_mistake_is_told_where_it_is_and_in_plain_words(Visitor student) {
        Page page = bench(student);
        Locator editor = page.locator(".cm-content");
        editor.click();
        page.keyboard().press("Control+End");
        page.keyboard().insertText("int more(void) { return lisen(3, 5); }\n");
        page.locator("[data-act=run-program]").click();
        Locator message = page.locator(".code-messages li").first();
        assertThat(message)
                .containsText(
                        "call to undeclared function 'lisen'",
                        new ContainsTextOptions().setTimeout(PATIENT_MS));
        assertThat(message).containsText("include the header that its man page names");
        assertThat(page.locator(".code-status"))
                .hasText("", new HasTextOptions().setTimeout(PATIENT_MS));
    }
}
