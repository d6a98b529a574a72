package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.socketlab.browser.BenchPage.Script;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lab C1 from the first call to the result. */
@ExtendWith(Browsers.class)
class HandshakeTest {

    private static final String LAB = "c1-handshake";
    private static final String SOLUTION = LAB + "/solution/plain.pkt";

    @Test
    void solves_the_lab_by_typing_calls_and_sees_the_handshake(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        Script solution = bench.script(SOLUTION);
        int handshake = solution.firstQuiet();
        assertThat(bench.task("listening")).hasAttribute("data-status", "OPEN");

        bench.play(solution.part(0, 3));
        assertThat(bench.task("listening")).hasAttribute("data-status", "PASS");
        assertThat(bench.task("handshake")).not().hasAttribute("data-status", "PASS");

        bench.play(solution.part(3, handshake));
        assertThat(bench.arrows()).hasCount(3);
        assertThat(bench.arrows().nth(0)).hasAttribute("data-flags", "SYN");
        assertThat(bench.arrows().nth(1)).hasAttribute("data-flags", "SYN-ACK");
        assertThat(bench.arrows().nth(2)).hasAttribute("data-flags", "ACK");
        assertThat(student.page().locator(".state[data-state=ESTABLISHED]")).hasCount(2);
        assertThat(pills(student, "client")).hasText("ESTABLISHED");
        assertThat(pills(student, "server")).hasText(new String[] {"LISTEN", "ESTABLISHED"});
        assertThat(bench.task("handshake")).hasAttribute("data-status", "PASS");

        bench.play(solution.part(handshake, solution.lines().size()));
        for (Locator task : student.page().locator("[data-panel=lab] [data-check]").all()) {
            assertThat(task).hasAttribute("data-status", "PASS");
        }

        ResultPage result = bench.submit();
        assertThat(result.percent()).hasText("100 %");
        assertThat(result.verdict()).hasAttribute("data-status", "PASS");
        assertThat(result.checks()).hasCount(8);
    }

    @Test
    void loses_nothing_when_the_page_is_reloaded_half_way(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        Script solution = bench.script(SOLUTION);
        int handshake = solution.firstQuiet();
        bench.play(solution.part(0, handshake));
        Page page = student.page();
        assertThat(bench.task("handshake")).hasAttribute("data-status", "PASS");
        String where = page.locator(".transport-where").textContent();

        page.reload();
        bench.awaitOpen();
        assertThat(page.locator(".transport-where")).hasText(where);
        assertThat(bench.calls("server")).hasCount(3);
        assertThat(bench.calls("client")).hasCount(2);
        assertThat(bench.arrows()).hasCount(3);
        assertThat(bench.task("handshake")).hasAttribute("data-status", "PASS");

        bench.play(solution.part(handshake, solution.lines().size()));
        assertThat(bench.submit().percent()).hasText("100 %");
    }

    @Test
    void reads_what_was_wrong_and_follows_the_jump_to_the_event(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        bench.play(bench.script(LAB + "/mutants/no_accept.pkt"));
        ResultPage result = bench.submit();

        assertThat(result.percent()).not().hasText("100 %");
        assertThat(result.verdict()).hasAttribute("data-status", "FAIL");
        assertThat(student.page().locator(".mistakes")).containsText("accept queue");
        assertThat(student.page().locator("#counts"))
                .hasText("4 of 7 checks passed, 1 failed, 2 wait for another.");
        assertThat(student.page().locator("#first")).hasAttribute("href", "#check-without-accept");
        Locator wrong = result.check("without-accept");
        assertThat(wrong).hasAttribute("data-status", "FAIL");
        assertThat(wrong.locator(".feedback")).containsText("accept()");

        Locator jump = student.page().locator("a.jump").first();
        String event = seqOf(jump);
        jump.click();
        bench.awaitOpen();
        assertThat(student.page()).hasURL(Pattern.compile("#e=" + event + "$"));
        assertThat(student.page().locator("[data-panel=why] .why-head a"))
                .hasText("Event " + event);
    }

    @Test
    void sees_where_the_run_parts_from_a_solution_but_not_how_that_goes_on(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        bench.play(bench.script(LAB + "/mutants/no_accept.pkt"));
        bench.submit();
        student.page().locator("#compare").click();
        Locator sides = student.page().locator(".comparison-side");
        assertThat(sides.first()).containsText("Yours");
        assertThat(sides.last()).containsText("server calls accept(3");
        assertThat(sides.last().locator("p")).hasCount(1);
    }

    @Test
    void feedback_names_the_rule_and_its_evidence_leads_to_the_bench(Visitor student) {
        BenchPage bench = student.openBench(LAB);
        Script solution = bench.script(SOLUTION);
        // the SYN is on its way, and nobody lets it arrive
        bench.play(solution.part(0, solution.firstQuiet() - 1));
        ResultPage result = bench.submit();

        Locator handshake = result.check("handshake");
        assertThat(handshake).not().hasAttribute("data-status", "PASS");
        assertThat(handshake.locator(".rule")).hasAttribute("data-rule", "RFC9293.SYN_ACK");
        assertThat(handshake.locator(".rule cite")).containsText("RFC 9293");

        // what passed is a line, to be opened
        Locator listening = result.check("listening");
        listening.locator("summary").click();
        Locator evidence = listening.locator("a.evidence").first();
        String event = seqOf(evidence);
        evidence.click();
        bench.awaitOpen();
        assertThat(student.page().locator("[data-panel=why] .why-head a"))
                .hasText("Event " + event);
    }

    @Test
    void nobody_else_can_look_at_a_run(Visitor student, Visitor other) {
        student.openBench(LAB);
        other.becomeGuest();
        Response answer = other.page().navigate(student.page().url());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(other.page().locator("h1")).hasText("There is nothing here");
    }

    private static Locator pills(Visitor student, String host) {
        return student.page().locator("[data-host=" + host + "] [data-socket-state]");
    }

    private static String seqOf(Locator link) {
        String href = link.getAttribute("href");
        return href.substring(href.indexOf("#e=") + 3);
    }
}
