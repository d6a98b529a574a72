package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

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
}
