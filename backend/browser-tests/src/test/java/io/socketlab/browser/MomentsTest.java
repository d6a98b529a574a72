package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lab F1 halts where the window is closed, and asks what the client will send. */
@ExtendWith(Browsers.class)
class MomentsTest {

    private static final LocatorAssertions.IsInViewportOptions ALL_OF_IT =
            new LocatorAssertions.IsInViewportOptions().setRatio(1);

    private static void untilTheWindowCloses(BenchPage bench) {
        String statement = bench.page().locator(".bench-statement").textContent();
        String port = BenchPage.first(statement, "\\b(2\\d{4})\\b");
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("server", "setsockopt(3, SOL_SOCKET, SO_RCVBUF, 4096)");
        bench.call("server", "bind(3, *:" + port + ")");
        bench.call("server", "listen(3, 5)");
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("client", "connect(3, server:" + port + ")");
        bench.run();
        bench.call("server", "accept(3)");
        bench.call("client", "send(3, ..., 9000, 0)");
        bench.page().locator("[data-act=run]").click();
        assertThat(bench.page().locator("[data-moment=stopped]")).isVisible();
    }

    private static Locator words(Page page) {
        return page.locator("[data-moment-words]");
    }

    private static Locator step(Page page) {
        return page.locator("[data-act=step]");
    }

    private static int shown(Page page) {
        return Integer.parseInt(page.locator(".slider").getAttribute("max"));
    }

    private static void assertNothingGrave(Page page) {
        assertThat(Axe.grave(page, "moment", List.of())).isEmpty();
    }

    @Test
    void the_run_halts_and_shows_what_happens_when_there_is_an_answer(Visitor student) {
        BenchPage bench = student.openBench("f1-zero-window");
        Page page = student.page();
        untilTheWindowCloses(bench);
        assertThat(step(page)).hasText("What happens next?");
        assertThat(page.locator("[data-act=run]")).isDisabled();
        assertThat(page.locator(".transport-next")).hasText("The run waits for an answer");
        assertThat(words(page)).containsText("What happens next? The server's window is closed");
        int before = shown(page);
        assertNothingGrave(page);

        page.reload(); // what is asked is asked until there is an answer
        bench.awaitOpen();
        assertThat(page.locator("[data-moment=stopped]")).isVisible();
        assertThat(page.locator(".transport-where")).containsText("event " + before + "/" + before);

        page.locator("[data-choice=NOTHING]").click();
        Locator told = page.locator("[data-moment-told=stopped]");
        assertThat(told).hasAttribute("data-verdict", "wrong");
        assertThat(told).containsText("it was ‘a probe, when its persist timer has fired’");
        assertThat(told).containsText("RFC9293.WINDOW_PROBE");
        assertThat(words(page)).containsText("Not so.");
        assertThat(page.locator("[data-panel=why]")).containsText("persist");
        assertThat(shown(page)).isGreaterThan(before);
        assertThat(step(page)).hasText("Step");
        assertNothingGrave(page);

        page.locator("[data-act=put-away]").click();
        assertThat(told).hasCount(0);
        page.locator("[data-act=first]").click(); // and back: it is not asked again
        assertThat(page.locator("[data-moment]")).hasCount(0);
        assertThat(page.locator("[data-prediction=stopped]")).containsText("You said nothing");
    }

    @Test
    void what_came_of_an_answer_leaves_room_for_the_consoles(Visitor student) {
        BenchPage bench = student.openBench("f1-zero-window");
        Page page = student.page();
        untilTheWindowCloses(bench);
        Locator hands = page.locator(".bench-hands");
        Locator input = page.locator(".console-slot[data-shown] input");
        page.setViewportSize(1024, 768);
        assertFits(hands);
        page.setViewportSize(390, 844);
        assertFits(hands);

        page.locator("[data-choice=NOTHING]").click();
        assertThat(page.locator("[data-moment-told=stopped]"))
                .hasAttribute("data-verdict", "wrong");
        assertFits(hands);
        assertThat(input).isInViewport(ALL_OF_IT);
        page.setViewportSize(1024, 768);
        assertFits(hands);
        assertThat(input).isInViewport(ALL_OF_IT);
        page.setViewportSize(1440, 900);
        assertFits(hands);
        assertThat(input).isInViewport(ALL_OF_IT);
    }

    private static void assertFits(Locator hands) {
        int over = (int) hands.evaluate("e => e.scrollHeight - e.clientHeight");
        assertThat(over).as("px that the hands are too high").isZero();
    }

    @Test
    void by_keyboard_alone_on_a_narrow_screen_in_the_dark(Visitor student) {
        BenchPage bench = student.openBench("f1-zero-window");
        Page page = student.page();
        untilTheWindowCloses(bench);
        page.setViewportSize(390, 844);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(page.locator("[data-choice=PROBE]")).isInViewport();
        assertNothingGrave(page);
        page.keyboard().press("Escape");
        page.keyboard().press("s");
        assertThat(page.locator("[data-choice=NOTHING]")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-moment-told=stopped]"))
                .hasAttribute("data-verdict", "right");
        assertNothingGrave(page);
    }

    @Test
    void what_is_for_practice_can_be_skipped(Visitor student) {
        BenchPage bench = student.openBench("f1-zero-window");
        Page page = student.page();
        untilTheWindowCloses(bench);
        page.locator("[data-act=skip]").click();
        assertThat(page.locator("[data-moment]")).hasCount(0);
        assertThat(step(page)).isFocused();
        bench.page().locator("[data-act=run]").click();
        assertThat(page.locator("[data-prediction=stopped]")).hasCount(0);
    }
}
