package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The graphs tab: its figures are the trace's. */
@ExtendWith(Browsers.class)
class GraphsTest {

    private static Page sent(Visitor student) {
        BenchPage bench = student.openBench("c1-handshake");
        bench.connect(5000);
        bench.call("client", "send(3, ..., 5000, 0)");
        bench.run();
        bench.show("graphs");
        return bench.page();
    }

    private static Locator figure(Page page, String graph, String series) {
        return page.locator("[data-graph=" + graph + "] .legend li")
                .filter(new Locator.FilterOptions().setHasText(series))
                .locator("b");
    }

    @Test
    void says_what_holds_at_the_cursor(Visitor student) {
        Page page = sent(student);
        assertThat(figure(page, "window", "bytes out")).hasText("0");
        assertThat(figure(page, "cwnd", "in flight")).hasText("0");
        page.locator("[data-graph=cwnd] .plot").press("ArrowLeft");
        assertThat(page.locator("[data-graph=cwnd] .cursor")).hasCount(1);
    }

    @Test
    void graphs_are_chosen_and_their_figures_are_a_table_too(Visitor student) {
        Page page = sent(student);
        page.locator("[data-graph-toggle=rtt]").click();
        assertThat(page.locator("[data-graph=rtt] [data-series=SRTT]")).isVisible();
        page.locator(".graph-figures summary").click();
        assertThat(page.locator(".graph-figures tbody tr").first()).isVisible();
        assertThat(page.locator(".graph-figures")).containsText("Round Trip Time");
    }
}
