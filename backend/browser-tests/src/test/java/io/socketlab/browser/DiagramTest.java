package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.socketlab.browser.BenchPage.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The space-time diagram and its table, against a handshake that was made by hand. */
@ExtendWith(Browsers.class)
class DiagramTest {

    private static final String LAB = "c1-handshake";

    @Test
    void table_and_diagram_have_one_cursor(Visitor student) {
        handshake(student);
        Page page = student.page();
        Locator synAck = page.locator("[data-arrow][data-flags=SYN-ACK]");
        String seq = synAck.getAttribute("data-seq");
        synAck.locator(".flags").click();
        assertThat(page).hasURL(Pattern.compile("#e=" + seq + "$"));

        page.locator("[role=tab][data-tab=table]").click();
        Locator row = page.locator("table.twin [aria-current=true]");
        assertThat(row.locator("th")).hasText(seq);
        assertThat(row.locator("td").nth(1)).hasText("server");
        assertThat(row.locator("td").nth(2)).hasText("client");
        assertThat(row.locator("td").nth(3)).containsText("SYN-ACK 0:0(0) ack 1");
    }

    @Test
    void lanes_axes_and_zoom_move_the_same_arrows(Visitor student) {
        BenchPage bench = handshake(student);
        Page page = student.page();
        double before = height(page);
        page.locator("[data-diagram=zoom-in]").click();
        assertThat(page.locator(".diagram-zoom output")).hasText("125 %");
        assertThat(height(page)).isGreaterThan(before);
        page.locator("[data-diagram=axis]").selectOption("linear");
        page.locator("[data-diagram=lanes]").click();
        assertThat(page.locator(".lane[data-lane=buffers]")).hasCount(2);
        assertThat(bench.arrows()).hasCount(3);
        assertThat(bench.arrows().nth(1)).hasAttribute("data-flags", "SYN-ACK");
    }

    @Test
    void what_fits_is_not_scrolled(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        Page page = student.page();
        assertThat(page.locator(".diagram-body .cursor-band")).isInViewport();
        assertThat(
                        page.evaluate(
                                "{ const { scrollHeight, clientHeight } ="
                                        + " document.querySelector('.time-scroll'); scrollHeight -"
                                        + " clientHeight }"))
                .isEqualTo(0);
    }

    @Test
    void the_cursor_stays_in_sight_when_time_is_drawn_otherwise(Visitor student) {
        handshake(student);
        Page page = student.page();
        page.locator("[data-arrow][data-flags=SYN-ACK] .flags").click();
        page.locator("[data-diagram=axis]").selectOption("linear");
        for (int i = 0; i < 6; i++) page.locator("[data-diagram=zoom-in]").click();
        assertThat(page.locator(".diagram-zoom output")).hasText("381 %");
        assertThat(page.locator(".cursor-band")).isInViewport();
    }

    @Test
    void the_diagram_can_be_taken_along(Visitor student) throws IOException {
        handshake(student);
        Page page = student.page();
        Download saved = page.waitForDownload(() -> page.locator("[data-diagram=svg]").click());
        assertThat(saved.suggestedFilename()).matches(LAB + "-event-\\d+\\.svg");
        String svg = Files.readString(saved.path());
        assertThat(svg).startsWith("<svg").contains("SYN-ACK", "ESTABLISHED", "connect(");
        assertThat(svg).doesNotContain("var(--");
        Download picture = page.waitForDownload(() -> page.locator("[data-diagram=png]").click());
        assertThat(Files.readAllBytes(picture.path())).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void a_long_run_is_there_again_after_another_tab(Visitor student) {
        BenchPage bench = student.openBench("cc2-recovery-or-timeout");
        String task = bench.task("recovery").textContent();
        String size = bench.task("delivered").textContent();
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("client", "connect(3, server:" + BenchPage.first(task, "Port (\\d+)") + ")");
        bench.run();
        bench.call("client", "send(3, ..., " + BenchPage.first(size, "(\\d+) octets") + ", 0)");
        bench.runUnasked();
        assertThat(bench.arrows().last()).isInViewport();
        bench.show("memory");
        bench.show("diagram");
        assertThat(bench.arrows().last()).isInViewport();
    }

    private static BenchPage handshake(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        Script solution = bench.script(LAB + "/solution/plain.pkt");
        bench.play(solution.part(0, solution.firstQuiet()));
        assertThat(bench.arrows()).hasCount(3);
        return bench;
    }

    private static double height(Page page) {
        return page.locator("svg.diagram[role=group]").boundingBox().height;
    }
}
