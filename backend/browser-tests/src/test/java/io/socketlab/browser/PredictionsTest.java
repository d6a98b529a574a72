package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browsers.class)
class PredictionsTest {

    @Test
    void what_will_happen_is_asked_before_the_first_call_and_kept(Visitor student) {
        BenchPage bench = student.openBench("c3-backlog");
        Locator asked = student.page().locator("[data-prediction]");
        Locator first = asked.first();
        first.locator("input").fill("4");
        first.locator("button").click();
        assertThat(first.locator(".prediction-said")).hasText("You say 4");

        student.page().reload();
        bench.awaitOpen();
        assertThat(first.locator("input")).hasValue("4");

        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(first).containsText("You said 4");
        assertThat(first.locator("input")).hasCount(0);
        assertThat(asked.nth(1)).containsText("asked before the first call");
    }
}
