package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** C programs, written and compiled in the page and run in the network. */
@Order(2)
@ExtendWith(Browsers.class)
@OneCache
class CodeTest {

    /** The compiler is loaded first, which takes as long as its 23 MB take. */
    private static final double PATIENT_MS = 90_000;

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
        Page page = BenchPage.ofPrograms(student);
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
        Page page = BenchPage.ofPrograms(student);
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
        Page page = BenchPage.ofPrograms(student);
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
    void a_program_is_written_beside_the_diagram_that_shows_what_it_does(Visitor student) {
        Page page = BenchPage.ofPrograms(student);
        page.locator("[data-act=code-beside]").click();
        assertThat(page.locator("[data-tab-shown=diagram]")).isVisible();
        run(page, "server");
        Locator made = page.locator(".panel-lab .call-note[data-standing=done]").first();
        assertThat(made).containsText("socket");
        made.hover();
        assertThat(page.locator(".note[data-linked]")).containsText("[A] socket");

        page.reload();
        new BenchPage(page).awaitOpen();
        assertThat(page.locator(".panel-lab .code-editor")).isVisible();
        page.locator("[data-act=code-beside]").click();
        assertThat(page.locator("[data-tab=code]")).isVisible();
    }

    @Test
    void several_files_are_compiled_together(Visitor student) {
        Page page = BenchPage.ofPrograms(student);
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

    private static Locator.LocatorOptions withinText(String text) {
        return new Locator.LocatorOptions().setHasText(text);
    }

    private static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    @Test
    void a_mistake_is_told_where_it_is_and_in_plain_words(Visitor student) {
        Page page = BenchPage.ofPrograms(student);
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

    /** Pastes a program over the one that is there, and runs it. */
    private static void run(Page page, String host, String source) {
        page.locator("[data-host-program=" + host + "]").click();
        Locator editor = page.locator(".cm-content");
        editor.click();
        page.keyboard().press("Control+A");
        editor.evaluate(PASTE, source);
        run(page, host);
    }

    private static final String PASTE =
            """
            (editor, text) => {
              const data = new DataTransfer();
              data.setData("text/plain", text);
              editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
            }\
            """;

    private static final String WAITS_FOR_A_GREETING =
            """
            #include <netdb.h>
            #include <stdio.h>
            #include <string.h>
            #include <sys/socket.h>

            int main(void)
            {
                struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(5151)};
                int fd = socket(AF_INET, SOCK_STREAM, 0);
                ROLE
                char greeting[64];
                ssize_t n = recv(fd, greeting, sizeof greeting, 0);
                printf("%zd octets\\n", n);
                return 0;
            }
            """;

    private static final String SERVES =
            "if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) return 1; fd = accept(fd, NULL, NULL);";

    private static final String CONNECTS =
            "struct hostent *found = gethostbyname(\"server\"); memcpy(&address.sin_addr, found->h_addr_list[0], 4);"
                    + " if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;";

    @Test
    void a_deadlock_is_told_at_the_lines_of_both_ends(Visitor student) {
        Page page = BenchPage.ofPrograms(student);
        run(page, "server", WAITS_FOR_A_GREETING.replace("ROLE", SERVES));
        run(page, "client", WAITS_FOR_A_GREETING.replace("ROLE", CONNECTS));
        page.locator("[data-act=run]").click();

        Locator deadlock = page.locator("[data-remark=deadlock]");
        assertThat(deadlock)
                .containsText(
                        "Both ends wait for the other to send: client in recv() at client.c:12, server in recv() at"
                                + " server.c:12.");
        page.locator(".cm-lint-marker-info").hover();
        assertThat(page.locator(".cm-tooltip-lint")).containsText("A protocol says who speaks");

        deadlock.locator("button", withinText("server, server.c:12")).click();
        assertThat(page.locator("[data-host-program=server]")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".cm-lineNumbers .cm-activeLineGutter")).hasText("12");
        assertThat(page.locator(".cm-lint-marker-info")).hasCount(1);

        Locator event = deadlock.locator("[data-goto]").last(); // the client's
        String number = event.getAttribute("data-goto");
        event.click();
        assertThat(page.locator(".panel-why")).containsText("Event " + number);
        assertThat(page.locator(".panel-why")).containsText("recv(3");
    }

    private static final String LEAKS =
            """
            #include <sys/socket.h>

            int main(void)
            {
                for (int i = 0; i < 5; i++)
                    if (socket(AF_INET, SOCK_STREAM, 0) < 0) return 1;
                return 0;
            }
            """;

    @Test
    void a_leak_is_told_where_its_descriptors_came_from_while_the_cursor_is_behind_it(
            Visitor student) {
        Page page = BenchPage.ofPrograms(student);
        run(page, "server", LEAKS);
        Locator leak = page.locator("[data-remark=leak]");
        assertThat(leak).containsText("5 descriptors, which socket() at server.c:6 gave");
        assertThat(leak).containsText("the program ended with 0");
        assertThat(leak).hasAttribute("data-when", "now");
        assertThat(page.locator("[data-host-program=server]")).containsText("1 remark");
        page.keyboard().press("F4");
        assertThat(page.locator(".cm-lineNumbers .cm-activeLineGutter")).hasText("6");
        assertThat(page.locator(".code-status"))
                .containsText("Remark 1 of 1, server.c:6: 5 descriptors");

        page.locator("[data-act=first]").click();
        assertThat(leak).hasAttribute("data-when", "later");
        assertThat(page.locator(".cm-lint-marker-hint")).hasCount(1);

        page.locator("[data-act=last]").click();
        run(page, "server", LEAKS.replace("i < 5", "i < 1"));
        assertThat(leak).hasAttribute("data-when", "earlier");
        assertThat(page.locator(".cm-lint-marker")).hasCount(0);
    }
}
