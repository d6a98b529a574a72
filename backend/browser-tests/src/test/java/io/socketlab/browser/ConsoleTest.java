package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browsers.class)
class ConsoleTest {

    @Test
    void a_broken_line_is_refused_where_it_breaks_and_leaves_the_run_as_it_was(Visitor student) {
        BenchPage bench = student.openBench("c1-handshake");
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        Locator where = student.page().locator(".transport-where");
        String before = where.textContent();

        bench.input("server").fill("bind(3 *:80)");
        bench.input("server").press("Enter");
        Locator refused = bench.console("server").locator("[data-outcome=refused]");
        assertThat(refused.locator("pre")).hasText("bind(3 *:80)\n       ▲");
        assertThat(refused.locator(".refusal")).containsText("expected ','");
        assertThat(bench.calls("server")).hasCount(1);
        assertThat(where).hasText(before);

        student.page().reload();
        bench.awaitOpen();
        assertThat(bench.calls("server")).hasCount(1);
        assertThat(where).hasText(before);
    }

    @Test
    void completion_offers_calls_and_what_fits_their_arguments(Visitor student) {
        BenchPage bench = student.openBench("c1-handshake");
        Locator input = bench.input("server");
        Locator offered = bench.console("server").getByRole(AriaRole.OPTION);

        input.pressSequentially("so");
        assertThat(offered.first()).containsText("socket(");
        input.press("Tab");
        assertThat(input).hasValue("socket(");
        assertThat(bench.console("server").locator(".console-help")).containsText("socket");

        input.pressSequentially("AF_INET, SOCK_ST");
        assertThat(offered.first()).containsText("SOCK_STREAM");
        input.press("ArrowDown");
        input.press("Enter");
        assertThat(input).hasValue("socket(AF_INET, SOCK_STREAM");

        input.pressSequentially(", 0)");
        input.press("Enter");
        assertThat(bench.calls("server")).hasCount(1);
        assertThat(bench.console("server").locator("[data-outcome=done]")).hasCount(1);
    }

    @Test
    void a_failed_call_says_why_and_what_to_try(Visitor student) {
        BenchPage bench = student.openBench("c1-handshake");
        bench.call("server", "listen(9, 5)");

        Locator failed = bench.console("server").locator("[data-outcome=failed]");
        assertThat(failed.locator(".entry-call")).containsText("EBADF");
        assertThat(failed.locator(".advice")).isVisible();
    }
}
