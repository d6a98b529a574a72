package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browsers.class)
class TwoTabsTest {

    private static final String LOOKS_ON = "You look on here.";

    @Test
    void a_second_tab_looks_on_until_it_takes_over(Visitor student) {
        BenchPage first = student.openBench("c1-handshake");
        Page tab = student.newTab();
        tab.navigate(student.page().url());
        BenchPage second = new BenchPage(tab);
        second.awaitOpen();
        assertThat(tab.locator(".banner")).containsText(LOOKS_ON);
        assertThat(second.input("server")).isDisabled();

        first.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(second.calls("server")).hasCount(1);

        tab.locator(".banner button").click();
        assertThat(second.input("server")).isEnabled();
        assertThat(student.page().locator(".banner")).containsText(LOOKS_ON);
        assertThat(first.input("server")).isDisabled();

        second.call("server", "close(3)");
        assertThat(first.calls("server")).hasCount(2);
    }
}
