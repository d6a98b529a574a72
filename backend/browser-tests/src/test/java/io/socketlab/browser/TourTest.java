package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who has not been on a bench is shown around it. */
@ExtendWith(Browsers.class)
class TourTest {

    private static final int STOPS = 6;

    private record Screen(int width, int height) {}

    /** A desk, a tablet and a phone. */
    private static final List<Screen> SCREENS =
            List.of(new Screen(1440, 900), new Screen(1024, 768), new Screen(390, 844));

    private static Locator seen(Page page, String selector) {
        return page.locator(selector).filter(new Locator.FilterOptions().setVisible(true));
    }

    private static double overlap(BoundingBox a, BoundingBox b) {
        double wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        double high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        return Math.max(0, wide) * Math.max(0, high);
    }

    @Test
    void the_card_never_stands_on_what_it_tells_of(Visitor student) {
        student.openBench("c1-handshake");
        Page page = student.page();
        Locator card = page.locator(".tour-card");
        Locator leave = card.getByText("Leave the tour");
        for (Screen screen : SCREENS) {
            page.setViewportSize(screen.width(), screen.height());
            page.evaluate("localStorage.removeItem('socketlab.tour')");
            page.reload();
            seen(page, "[data-act=tour]").click();
            for (int stop = 1; stop <= STOPS; stop++) {
                assertThat(card).containsText(stop + " of " + STOPS);
                BoundingBox told = page.locator("[data-tour-here]").boundingBox();
                assertThat(overlap(card.boundingBox(), told))
                        .as("covered at stop " + stop + " on " + screen)
                        .isZero();
                if (stop < STOPS) assertThat(leave).isVisible();
                else assertThat(leave).isHidden();
                page.locator("[data-act=tour-next]").click();
            }
            assertThat(card).hasCount(0);
        }
    }

    @Test
    void a_phone_invites_beside_the_first_panel_until_something_has_happened(Visitor student) {
        BenchPage bench = student.openBench("c1-handshake");
        Page page = student.page();
        page.setViewportSize(390, 844);
        assertThat(page.locator(".tour-bar")).isVisible();
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(page.locator(".tour-bar")).hasCount(0);
    }
}
