package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the editor of a lab's files knows of what is written in it. */
@ExtendWith(Browsers.class)
class AuthoringTest {

    /** Milliseconds: more than the editor's interactionDelay. */
    private static final int AT_ONCE = 100;

    /** Answers the address of a draft with the template in it. */
    private static String draft(Visitor grace) {
        Page page = grace.page();
        grace.signUp("Grace", "grace-" + UUID.randomUUID());
        page.navigate("/author");
        String id = "editor-" + UUID.randomUUID().toString().substring(0, 8);
        page.locator("input[name=id]").fill(id);
        grace.button("Begin").click();
        return page.url();
    }

    private static void open(Page page, String draft, String file) {
        page.clock().install();
        page.navigate(draft + "?file=" + file);
        assertThat(page.locator("[data-island=authoring][data-knows]")).isVisible();
        page.locator(".cm-content").click();
        page.keyboard().press("ControlOrMeta+End");
    }

    private static Locator options(Page page) {
        return page.locator(".cm-tooltip-autocomplete");
    }

    /** Waits for the one that is chosen, and takes it. */
    private static void take(Page page, String option) {
        Locator chosen = page.locator(".cm-tooltip-autocomplete li[aria-selected]");
        assertThat(chosen).containsText(option);
        // nothing is taken at once, so that nobody who goes on typing takes one unawares
        page.clock().fastForward(AT_ONCE);
        page.keyboard().press("Enter");
    }

    @Test
    void a_check_is_written_by_keys_alone_with_what_the_editor_knows(Visitor grace) {
        Page page = grace.page();
        open(page, draft(grace), "lab.yaml");
        Keyboard keys = page.keyboard();
        keys.insertText("\n");
        keys.type("mist");
        assertThat(options(page)).not().isVisible(); // the template has them already
        keys.press("Home");
        keys.press("Shift+End");
        keys.press("Delete");
        keys.type("pee");
        take(page, "peers");
        keys.type("|");
        keys.press("Enter");
        keys.insertText("  ");
        keys.type("server: lis");
        take(page, "listen");
        assertThat(page.locator(".cm-content")).containsText("peers: |");
        assertThat(page.locator(".cm-content")).containsText("server: listen(");
        grace.assertNoErrors();
    }

    @Test
    void a_pattern_is_completed_and_a_word_explained(Visitor grace) {
        Page page = grace.page();
        open(page, draft(grace), "lab.yaml");
        Keyboard keys = page.keyboard();
        keys.press("ControlOrMeta+a");
        keys.insertText("checks:\n  - id: another\n    assert: ");
        keys.type("{exi"); // the editor closes what is opened
        take(page, "exists");
        keys.type("\"server drop reason=accep");
        take(page, "acceptq_full");
        assertThat(page.locator(".cm-content")).containsText("server drop reason=acceptq_full");
        keys.press("Home");
        keys.press("F1");
        Locator help = page.locator(".cm-tooltip.cm-man");
        assertThat(help).containsText("What a check asserts of a run");
        keys.press("Escape");
        assertThat(help).not().isVisible();
        grace.assertNoErrors();
    }
}
