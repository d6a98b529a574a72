package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Laying hands on packets, here and in the past, and what comes of it. */
@ExtendWith(Browsers.class)
class FaultsTest {

    /** A connection over which the client has just sent three segments. */
    private static BenchPage sending(Visitor student) {
        student.openBench("c1-handshake"); // as a guest
        Page page = student.page();
        page.navigate("/play");
        student.button("Make this network").click();
        student.button("Open the bench").click();
        BenchPage bench = new BenchPage(page);
        bench.awaitOpen();
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("server", "bind(3, *:5000)");
        bench.call("server", "listen(3, 5)");
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("client", "connect(3, server:5000)");
        page.locator("[data-act=run]").click();
        assertThat(page.locator(".transport-next")).hasText("Nothing is under way");
        bench.call("client", "send(3, ..., 4000, 0)");
        return bench;
    }

    @Test
    void a_packet_that_is_on_its_way_is_dropped_with_a_click_and_sent_again(Visitor student) {
        BenchPage bench = sending(student);
        Page page = bench.page();
        page.locator("[data-tab=faults]").click();
        Locator rows = page.locator(".faults-away tbody tr");
        assertThat(rows).hasCount(3);
        String packet = rows.last().getAttribute("data-packet");
        rows.last().locator("[data-fault=drop]").click();
        assertThat(page.locator(".said:not(.said-answer)"))
                .containsText("Packet " + packet + " is lost.");
        assertThat(rows).hasCount(2);
        page.locator("[aria-label=Landmark]").selectOption("retransmission");
        page.locator("[data-act=mark-after]").click();
        assertThat(page.locator(".why-sentence")).containsText("client sends again 1448 octets");
    }

    @Test
    void in_the_past_it_is_done_in_a_fork_that_can_be_compared(Visitor student) {
        BenchPage bench = sending(student);
        Page page = bench.page();
        String run = page.url().replaceFirst("#.*", "");
        page.locator("[data-tab=faults]").click();
        page.locator(".faults-away tbody tr").last().locator("a").click();
        page.locator("[data-act=last]").click();
        page.locator("[data-act=run]").click();
        assertThat(page.locator(".transport-next")).hasText("Nothing is under way");
        page.locator("[data-act=first]").click();
        page.locator("[aria-label=Landmark]").selectOption("drop");
        page.keyboard().press("Escape");
        page.locator("#goto-event").fill(sendEvent(page));
        page.locator("#goto-event").press("Enter");
        page.locator(".faults-away [data-fault=drop]").last().click();

        assertThat(page).not().hasURL(Pattern.compile(Pattern.quote(run) + ".*"));
        bench.awaitOpen();
        page.locator("[data-act=run]").click();
        assertThat(page.locator(".transport-next")).hasText("Nothing is under way");
        page.locator("[data-tab=branches]").click();
        assertThat(page.locator(".branch-tree li")).hasCount(2);
        assertThat(page.locator(".branch-tree [aria-current=true]")).containsText("drop packet");
        page.locator("text=Compare with this run").click();
        assertThat(page.locator("[data-side=ours]")).containsText("fault at client: drop");
        assertThat(page.locator("[data-side=reference] h3")).hasText("The run as it was begun");
        assertThat(page.locator("#parting")).containsText("fault at client: drop");
        assertThat(page.locator(".columns tr[data-likeness=same]").first())
                .containsText("server: socket(AF_INET, SOCK_STREAM, 0) = 3");
    }

    @Test
    void an_arrow_of_the_diagram_that_is_clicked_offers_what_can_be_done_to_its_packet(
            Visitor student) {
        BenchPage bench = sending(student);
        Page page = bench.page();
        Locator arrow = page.locator("[data-arrow][data-kind=data]").last();
        String packet = arrow.getAttribute("data-packet");
        arrow.locator(".arrow-hit").click(new Locator.ClickOptions().setForce(true));
        Locator menu = page.locator(".packet-menu");
        assertThat(menu).containsText("Packet " + packet);
        assertThat(menu.locator("[data-fault=corrupt]")).isInViewport();
        String run = page.url().replaceFirst("#.*", "");
        menu.locator("[data-fault=delay]").click();
        // it has gone on since: another segment was sent behind it
        assertThat(page).not().hasURL(Pattern.compile(Pattern.quote(run) + ".*"));
        bench.awaitOpen();
        page.locator("[data-tab=branches]").click();
        assertThat(page.locator(".branch-tree [aria-current=true]"))
                .containsText("delay packet " + packet);
    }

    @Test
    void a_packet_that_is_doubled_by_hand_is_two_arrows_of_which_one_is_of_no_use(Visitor student) {
        BenchPage bench = sending(student);
        Page page = bench.page();
        page.keyboard().press("Escape");
        page.keyboard().press("f");
        Locator row = page.locator("#fault-here");
        assertThat(row).isFocused();
        page.locator(".faults-away tbody tr").last().locator("[data-fault=duplicate]").click();
        bench.run();
        bench.show("diagram");
        Locator copy = page.locator("[data-arrow][data-copy]");
        assertThat(copy).hasCount(1);
        assertThat(copy).hasAttribute("data-end", "dropped");
        assertThat(copy).hasAttribute("data-tags", "copy made by hand");
    }

    /** The number of the event with which the last call of the client began. */
    private static String sendEvent(Page page) {
        String href = page.locator("[data-console=client] .entry-call").last().getAttribute("href");
        assertThat(href).startsWith("#e=");
        int entered = Integer.parseInt(href.substring("#e=".length()));
        // what it sends follows at once
        return String.valueOf(entered + 3);
    }
}
