package io.socketlab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for all pages. */
@Order(1)
@ExtendWith(Browsers.class)
class PagesTest {

    private static final int WIDE = 1440;
    private static final int NARROW = 390;
    private static final int HEIGHT = 900;

    /** A word as it is in some languages and some e-mail addresses. */
    private static final String LONG =
            "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamten";

    @Test
    void wide_pages_are_accessible_in_both_themes_and_do_not_scroll_sideways(Visitor visitor) {
        List<String> found = new ArrayList<>();
        visitAll(
                visitor,
                name -> {
                    found.addAll(tooWide(visitor, name, WIDE));
                    visitor.prefer("dark");
                    // the same page is there in both: only its colours are others
                    found.addAll(
                            Axe.grave(visitor.page(), "dark " + name, List.of("color-contrast")));
                    visitor.prefer("light");
                    found.addAll(Axe.grave(visitor.page(), name, List.of()));
                });
        assertThat(found).isEmpty();
    }

    @Test
    void narrow_pages_do_not_scroll_sideways(Visitor visitor) {
        visitor.page().setViewportSize(NARROW, HEIGHT);
        List<String> found = new ArrayList<>();
        visitAll(visitor, name -> found.addAll(tooWide(visitor, name, NARROW)));
        assertThat(found).isEmpty();
    }

    private static List<String> tooWide(Visitor visitor, String name, int width) {
        int needed = (Integer) visitor.page().evaluate("document.documentElement.scrollWidth");
        return needed > width ? List.of(name + " is " + needed + " wide") : List.of();
    }

    /** So that the tab of waits has something to show of each. */
    private static void waitInEachWay(BenchPage bench) {
        bench.call("client", "poll([{fd=3, events=POLLIN}], 1, 0)");
        bench.call("client", "epoll_create1(0)");
        bench.call("client", "epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN, fd=3})");
        bench.call("client", "epoll_wait(4, ..., 8, 0)");
    }

    private interface Look {
        void at(String name);
    }

    /** Each page in the state that a student sees most. */
    private static void visitAll(Visitor visitor, Look look) {
        Page page = visitor.page();
        Map<String, String> open = new LinkedHashMap<>();
        open.put("catalogue", "/");
        open.put("map", "/map");
        open.put("play", "/play");
        open.put("lab", "/labs/c1-handshake");
        open.put("sign-in", "/sign-in");
        open.put("sign-up", "/sign-up");
        open.put("sent to sign in", "/sign-in?sent=true&next=/runs");
        open.put("error", "/labs/there-is-no-such-lab");
        open.put("problems", "/problems");
        open.put("status", "/status");
        open.forEach((name, path) -> {
            page.navigate(path);
            look.at(name);
        });

        BenchPage bench = visitor.openBench("c1-handshake");
        look.at("empty bench");
        for (String tab : bench.tabs()) {
            bench.show(tab);
            look.at("empty " + tab);
        }
        bench.show("diagram");
        bench.play(bench.script("c1-handshake/mutants/no_accept.pkt"));
        look.at("bench");
        waitInEachWay(bench);
        for (String tab : bench.tabs()) {
            bench.show(tab);
            look.at(tab);
        }
        for (String panel : List.of("Lab", "State", "Why?")) {
            Locator button = visitor.button(panel);
            if (button.isVisible()) button.click();
            page.locator("details.tcb:not([open]) summary")
                    .evaluateAll("(all) => all.forEach((each) => each.click())");
            look.at("panel " + panel);
        }
        bench.input("client").fill("connect(");
        look.at("console with help");
        bench.input("client").fill("");
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        look.at("keys");
        page.keyboard().press("Escape");
        bench.submit();
        look.at("result");
        page.locator("#compare").click();
        look.at("comparison");
        page.goBack();
        String result = page.url();
        page.navigate(result.replaceFirst("/submissions/.*", "/questions"));
        look.at("ask");
        page.navigate(result);
        page.locator("a.jump").first().click();
        bench.awaitOpen();
        look.at("bench at an event");

        page.navigate("/play");
        visitor.button("Make this network").click();
        visitor.button("Open the bench").click();
        bench.awaitOpen();
        bench.call("client", "socket(AF_INET, SOCK_DGRAM, 0)");
        bench.call("client", "sendto(3, ..., 100, 0, server:5000)");
        for (String tab : List.of("faults", "branches")) {
            bench.show(tab);
            look.at(tab + " of free play");
        }

        visitAccount(visitor, look);
        page.navigate("/labs/c1-handshake");
        look.at("lab that was begun");
        visitCourse(visitor, look);
    }

    private static void visitAccount(Visitor visitor, Look look) {
        Page page = visitor.page();
        page.navigate("/runs");
        look.at("runs");
        page.navigate("/account");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("autograder");
        visitor.button("Make a token").click();
        page.locator("#token-value").waitFor();
        look.at("account");
        page.navigate("/account/webhooks");
        look.at("webhooks");
    }

    /** A course with an assignment and some people, as who teaches it sees it. */
    private static void visitCourse(Visitor visitor, Look look) {
        Page page = visitor.page();
        visitor.button("Sign out").click();
        visitor.signUp("Grace", "grace-" + UUID.randomUUID());
        page.navigate("/courses");
        look.at("no courses");
        page.getByLabel("Title").fill(LONG + " and all the rest of computer networks");
        visitor.button("Make the course").click();
        String course = page.url();
        look.at("empty course");
        visitor.button("Add").click();
        page.getByLabel("Students see it").check();
        page.getByLabel("Due (100 %)").fill("2099-12-04T18:00");
        visitor.button("Save").click();
        look.at("terms");
        page.navigate(course + "/people");
        page.locator("textarea[name=csv]")
                .fill("name,section\nAda,A\n" + LONG + " Turing," + LONG.substring(0, 40) + "\n");
        visitor.button("Take it in").click();
        visitor.button("Make a link").click();
        for (String tab : tabs(page)) {
            page.navigate(tab);
            look.at("course's " + tab.replaceFirst(".*/", ""));
        }
        page.navigate(course + "/gradebook");
        page.locator("thead a").first().click();
        look.at("checks");
        page.locator("tbody a").first().click();
        look.at("work");
        page.navigate(course);
        page.locator("tbody a").first().click();
        look.at("assignment");
        String assignment = page.url();
        for (String of : List.of("regrades", "similarity")) {
            page.navigate(assignment + "/" + of);
            look.at(of);
        }
        page.navigate("/account/privacy");
        look.at("privacy");
        visitDraft(visitor, look);
    }

    /** A lab that is being written. */
    private static void visitDraft(Visitor visitor, Look look) {
        Page page = visitor.page();
        page.navigate("/author");
        look.at("no labs of one's own");
        page.locator("input[name=id]").fill("a-lab-whose-id-is-as-long-as-an-id-may-be");
        visitor.button("Begin").click();
        page.locator(".author-tabs").waitFor();
        String draft = page.url();
        look.at("draft");
        for (String of : List.of("record", "verify", "revisions")) {
            page.navigate(draft + "/" + of);
            look.at("draft's " + of);
        }
    }

    @SuppressWarnings("unchecked") // what the expression answers
    private static List<String> tabs(Page page) {
        return (List<String>)
                page.locator(".course-tabs a").evaluateAll("(all) => all.map((each) => each.href)");
    }
}
