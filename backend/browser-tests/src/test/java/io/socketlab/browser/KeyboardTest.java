package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bench by keyboard alone: WCAG 2.1.1, and 2.1.4 for keys that are single characters. */
@ExtendWith(Browsers.class)
class KeyboardTest {

    private static final String LAB = "c1-handshake";
    private static final int MOST_TABS = 120;

    @Test
    void a_whole_lab_up_to_its_result(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        Page page = student.page();
        for (String line : bench.script(LAB + "/solution/plain.pkt").lines()) {
            if (line.equals("quiet()")) {
                page.keyboard().press("Escape");
                page.keyboard().press("r");
                assertThat(page.locator(".transport-next")).hasText("Nothing is under way");
            } else {
                type(bench, BenchPage.Call.read(line));
            }
            if (line.contains("accept(")) answer(page);
        }
        page.keyboard().press("Escape");
        page.keyboard().press("r");
        assertThat(page.locator("[data-check]:not([data-status=PASS])")).hasCount(0);

        page.keyboard().press("Home");
        assertThat(page).hasURL(Pattern.compile("#e=1$"));
        page.keyboard().press("Shift+ArrowRight");
        page.keyboard().press("3");
        assertThat(page.locator("[data-tab-shown=packets]")).isVisible();

        tabTo(page, "[data-act=submit]");
        page.keyboard().press("Enter");
        Locator question = page.locator("#hand-in");
        assertThat(question).containsText("All tasks are done.");
        page.keyboard().press("Escape");
        assertThat(question).isHidden();
        assertThat(page.locator("[data-act=submit]")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-act=hand-in]")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#percent")).hasText("100 %");
    }

    @Test
    void another_key_for_what_a_key_does(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        Page page = student.page();
        Keyboard keyboard = page.keyboard();
        keyboard.press("Escape");
        keyboard.press("?");
        Locator dialog = page.locator("dialog.keys-dialog");
        assertThat(dialog).isVisible();
        Locator first = dialog.locator("[data-key-of=first]");
        first.locator("button").focus();
        keyboard.press("Enter");
        assertThat(first.locator("button")).hasAttribute("aria-pressed", "true");
        keyboard.press("r");
        assertThat(dialog.locator("[role=status]")).containsText("R is taken by");
        keyboard.press("x");
        assertThat(first.locator("kbd")).hasText("X");
        keyboard.press("Escape");
        assertThat(dialog).isHidden();

        keyboard.press("x");
        assertThat(page).hasURL(Pattern.compile("#e=1$"));
        page.reload();
        bench.awaitOpen();
        assertThat(page.locator("[data-key-of=first] kbd")).hasText("X");
    }

    /** The run has halted to ask: the first of the answers is the right one. */
    private static void answer(Page page) {
        assertThat(page.locator("[data-moment]")).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("s");
        assertThat(page.locator("[data-choice=NONE]")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-moment-told]")).hasAttribute("data-verdict", "right");
    }

    /** Goes to a host's console, writes a call and sends it. */
    private static void type(BenchPage bench, BenchPage.Call call) {
        String host = call.host();
        Page page = bench.page();
        if (!hasFocus(bench.input(host))) {
            page.keyboard().press("Escape");
            page.keyboard().press("t");
            tabTo(page, "#console-" + host);
        }
        int before = bench.calls(host).count();
        page.keyboard().type(call.text());
        page.keyboard().press("Enter");
        assertThat(bench.calls(host)).hasCount(before + 1);
    }

    private static void tabTo(Page page, String wanted) {
        for (int i = 0; i < MOST_TABS && !hasFocus(page.locator(wanted)); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(hasFocus(page.locator(wanted))).as("reached by Tab: " + wanted).isTrue();
    }

    private static boolean hasFocus(Locator locator) {
        return (boolean) locator.evaluate("(element) => element === document.activeElement");
    }
}
