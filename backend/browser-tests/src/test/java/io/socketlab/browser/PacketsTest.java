package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packets tab: what it says is what the frames of the run are. */
@ExtendWith(Browsers.class)
class PacketsTest {

    private static final String LAB = "c1-handshake";

    /** As views/packets.ts has it. */
    private static final double ROW_PX = 24;

    private static Page handshake(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        bench.connect(5000);
        bench.show("packets");
        return bench.page();
    }

    private static Locator rows(Page page) {
        return page.locator(".packets-list tr[data-goto]");
    }

    private static Locator filter(Page page) {
        return page.locator(".packets-filter input");
    }

    @Test
    void lists_what_was_sent_and_a_click_moves_the_cursor(Visitor student) {
        Page page = handshake(student);
        assertThat(rows(page)).hasCount(3);
        assertThat(rows(page).nth(0)).containsText("[SYN] Seq=0 Win=64240 Len=0 MSS=1460");
        assertThat(rows(page).nth(1)).containsText("5000 → ");
        assertThat(rows(page).nth(1)).containsText("[SYN, ACK] Seq=0 Ack=1");
        rows(page).nth(0).locator(".info").click();
        assertThat(rows(page).nth(0)).hasAttribute("data-current", "");
        String event = rows(page).nth(0).getAttribute("data-goto");
        // the address follows when the cursor has come to rest
        assertThat(page).hasURL(Pattern.compile("#e=" + event + "$"));
    }

    @Test
    void takes_the_frames_octets_apart_down_to_bits(Visitor student) {
        Page page = handshake(student);
        rows(page).nth(0).locator(".info").click();
        Locator syn = page.locator("[data-field='tcp/tcp.flags/tcp.flags.syn']");
        assertThat(syn).containsText(".... ..1.");
        syn.click();
        assertThat(syn).hasAttribute("aria-selected", "true");
        assertThat(page.locator(".hex [data-on]")).hasText("02");
        page.locator(".hex [data-octet='22']").click();
        assertThat(page.locator("[data-help='ip/ip.ttl']")).containsText("Time to live");
        assertThat(page.locator("[data-field='tcp/tcp.checksum']")).containsText("(right)");
    }

    @Test
    void a_filter_chooses_and_says_where_it_cannot_be_read(Visitor student) {
        Page page = handshake(student);
        filter(page).fill("tcp.flags.syn == 1 && tcp.flags.ack == 0");
        assertThat(rows(page)).hasCount(1);
        filter(page).fill("tcp.flags.sin == 1");
        assertThat(page.locator(".filter-said mark")).hasText("tcp.flags.sin");
        assertThat(filter(page)).hasAttribute("aria-invalid", "true");
    }

    /** What is drawn of a long list, and where, is reckoned from their height. */
    @Test
    void rows_are_of_one_height_whatever_is_marked_in_them(Visitor student) {
        BenchPage bench = student.openBench("cc2-recovery-or-timeout");
        Page page = bench.page();
        String statement = page.locator(".bench-statement").textContent();
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call(
                "client",
                "connect(3, server:" + BenchPage.first(statement, "\\b(2\\d{4})\\b") + ")");
        bench.run();
        bench.call("client", "send(3, ..., 86880, 0)");
        bench.runUnasked();
        bench.show("packets");
        filter(page).fill("tcp.analysis.duplicate_ack");
        assertThat(rows(page).locator(".mark").first()).isVisible();
        Object heights =
                rows(page)
                        .evaluateAll("(all) => [...new Set(all.map((each) => each.offsetHeight))]");
        assertThat(heights).isEqualTo(List.of(24));
    }

    @Test
    void a_marked_frame_takes_one_line_like_any_other(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("server", "setsockopt(3, SOL_SOCKET, SO_RCVBUF, 4096)");
        bench.call("server", "bind(3, *:5000)");
        bench.call("server", "listen(3, 5)");
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("client", "connect(3, server:5000)");
        bench.run();
        bench.call("client", "send(3, ..., 9000, 0)");
        Page page = bench.page();
        // not Run: the probes of a closed window never end
        page.locator("#run-until").fill("1s");
        page.locator("#run-until").press("Enter");
        bench.show("packets");
        filter(page).fill("tcp.analysis.window_full");
        Locator marked = rows(page).first();
        assertThat(marked.locator(".mark")).hasText("window full");
        assertThat(marked).containsText("[TCP Window Full]");
        // the list draws what is seen by the height of a row
        assertThat(marked.boundingBox().height).isEqualTo(ROW_PX);
    }

    @Test
    void gives_a_capture_up_to_the_cursor(Visitor student) {
        Page page = handshake(student);
        page.locator(".take-along summary").click();
        var download = page.waitForDownload(() -> page.getByText("Capture (.pcapng)").click());
        assertThat(download.suggestedFilename()).isEqualTo(LAB + "-1.pcapng");
        Path file = download.path();
        assertThat(file).binaryContent().startsWith(0x0A, 0x0D, 0x0D, 0x0A);
    }
}
