package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the bench shows of a host, of the states of a connection, and of waits. */
@ExtendWith(Browsers.class)
class HostViewTest {

    private static final String LAB = "c1-handshake";

    private static BenchPage connected(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        bench.connect(7007);
        return bench;
    }

    private static Locator host(Page page, String name) {
        return page.locator("[data-host=" + name + "]");
    }

    @Test
    void shows_the_very_octets_that_wait_in_a_buffer(Visitor student) {
        BenchPage bench = connected(student);
        bench.call("client", "send(3, \"hello\", 5, 0)");
        bench.run();
        Page page = student.page();
        Locator waiting = host(page, "server").locator("[data-part=readable]");
        assertThat(waiting).hasAttribute("data-octets", "5");
        waiting.focus();
        assertThat(waiting.locator(".dump")).isVisible();
        assertThat(waiting.locator(".dump")).containsText("68 65 6c 6c 6f");
        page.keyboard().press("Escape");
        assertThat(waiting.locator(".dump")).isHidden();

        bench.call("server", "accept(3)");
        bench.answer("NONE");
        bench.call("server", "recv(4, 100)");
        assertThat(waiting).hasCount(0);
        assertThat(host(page, "server").locator("[data-part=read]"))
                .hasAttribute("data-octets", "5");
    }

    @Test
    void octets_in_a_buffer_lead_to_the_segment_that_carries_them(Visitor student) {
        BenchPage bench = connected(student);
        bench.call("client", "send(3, \"hello\", 5, 0)");
        bench.run();
        Page page = student.page();
        Locator marked = page.locator("[data-arrow][data-linked]");
        host(page, "server").locator("[data-part=readable]").hover();
        assertThat(marked.first()).containsText("[B]");
        assertThat(marked.first()).containsText("seq 1:6");
        assertThat(marked.last()).containsText("[C]");
        assertThat(marked.last()).containsText("ack 6");
        assertThat(marked).hasCount(2);
        assertThat(page.locator(".note[data-linked]")).containsText("send(3");
    }

    @Test
    void shows_what_descriptors_refer_to_and_who_sleeps_on_them(Visitor student) {
        BenchPage bench = connected(student);
        Page page = student.page();
        Locator listener = host(page, "server").locator("tr[data-fd='3']");
        assertThat(listener).containsText("LISTEN");
        bench.call("server", "dup(3)");
        assertThat(listener).containsText("shared with fd 4");
        bench.call("server", "accept(3)");
        bench.answer("NONE");
        bench.call("server", "accept(3)");
        assertThat(host(page, "server").locator("[data-sleeper]")).containsText("accept");
    }

    @Test
    void numbers_the_way_through_the_state_machine_and_names_its_causes(Visitor student) {
        BenchPage bench = connected(student);
        Page page = student.page();
        bench.show("states");
        Locator client = page.locator("[data-end=client]");
        assertThat(client.locator("[data-box][data-lit]")).hasAttribute("data-box", "ESTABLISHED");
        assertThat(page.locator("[data-end=server] [data-end-state]")).hasText("ESTABLISHED");
        assertThat(client.locator(".states-steps li")).hasCount(2);
        Locator first = client.locator(".states-steps li").first();
        assertThat(first).containsText("client calls connect(3, ");

        first.locator("a").first().click();
        assertThat(client.locator("[data-box][data-lit]")).hasAttribute("data-box", "SYN_SENT");
        assertThat(client.locator(".states-steps li")).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("#e=\\d+$"));
    }

    @Test
    void shows_what_a_wait_has_looked_at_and_what_it_cost(Visitor student) {
        BenchPage bench = connected(student);
        Page page = student.page();
        bench.show("waiting");
        assertThat(page.locator("#tab-panel")).containsText("epoll_wait");
        bench.call("server", "poll([{fd=3, events=POLLIN}, {fd=-1, events=POLLIN}], 2, -1)");
        Locator looked = page.locator("[data-wait] .looked tbody tr");
        assertThat(looked).hasCount(2);
        assertThat(looked.first()).containsText("✓ POLLIN");
        assertThat(looked.last()).containsText("passed over");
        Locator poll = page.locator("[data-wait-totals] tr[data-mechanism=poll]");
        assertThat(poll.locator("[data-cost=walked]")).hasText("2");
        assertThat(poll.locator("[data-cost=scanned]")).hasText("1");
        assertThat(poll.locator("[data-cost=switches]")).hasText("0");
    }
}
