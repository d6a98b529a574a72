package io.socketlab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all pages. */
@ExtendWith(Browsers.class)
class PagesTest {

    private static final Set<String> GRAVE = Set.of("serious", "critical");
    private static final int HEIGHT = 900;

    /** Waits until nothing on the page is moving or fading. */
    private static final String SETTLED =
            "() => Promise.allSettled(document.getAnimations().map((each) => each.finished))";

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axe_finds_nothing_serious_on_any_page(String colours, Visitor visitor) {
        visitor.prefer(colours);
        List<String> found = new ArrayList<>();
        visitAll(
                visitor,
                name -> {
                    // a button that is fading in has not its colour yet
                    visitor.page().evaluate(SETTLED);
                    var axe = new AxeBuilder(visitor.page());
                    // the same page is there in both: only its colours are others
                    if (colours.equals("dark")) axe.withRules(List.of("color-contrast"));
                    for (Rule rule : axe.analyze().getViolations()) {
                        if (!GRAVE.contains(rule.getImpact())) continue;
                        rule.getNodes()
                                .forEach(node ->
                                        found.add(
                                                name
                                                        + ": "
                                                        + rule.getId()
                                                        + " at "
                                                        + node.getTarget()
                                                        + " "
                                                        + node.getFailureSummary()));
                    }
                });
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1440})
    void no_page_scrolls_sideways(int width, Visitor visitor) {
        visitor.page().setViewportSize(width, HEIGHT);
        Map<String, Integer> tooWide = new LinkedHashMap<>();
        visitAll(
                visitor,
                name -> {
                    int needed =
                            (Integer)
                                    visitor.page().evaluate("document.documentElement.scrollWidth");
                    if (needed > width) tooWide.put(name, needed);
                });
        assertThat(tooWide).isEmpty();
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
        open.put("error", "/labs/there-is-no-such-lab");
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

        page.navigate("/runs");
        look.at("runs");
        page.navigate("/account");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("autograder");
        visitor.button("Make a token").click();
        page.locator("#token-value").waitFor();
        look.at("account");
        page.navigate("/labs/c1-handshake");
        look.at("lab that was begun");
        visitCourse(visitor, look);
    }

    /** A course with an assignment and some people, as who teaches it sees it. */
    private static void visitCourse(Visitor visitor, Look look) {
        Page page = visitor.page();
        visitor.button("Sign out").click();
        visitor.signUp("Grace", "grace-" + UUID.randomUUID());
        page.navigate("/courses");
        look.at("no courses");
        page.getByLabel("Title").fill("Networks");
        visitor.button("Make the course").click();
        String course = page.url();
        look.at("empty course");
        visitor.button("Add").click();
        page.getByLabel("Students see it").check();
        page.getByLabel("Due (100 %)").fill("2099-12-04T18:00");
        visitor.button("Save").click();
        look.at("terms");
        page.navigate(course + "/people");
        page.locator("textarea[name=csv]").fill("name,section\nAda,A\nAlan,B\n");
        visitor.button("Take it in").click();
        visitor.button("Make a link").click();
        for (String tab : tabs(page)) {
            page.navigate(tab);
            look.at("course's " + tab.replaceFirst(".*/", ""));
        }
        page.navigate(course);
        page.locator("tbody a").first().click();
        look.at("assignment");
        page.navigate("/account/privacy");
        look.at("privacy");
    }

    @SuppressWarnings("unchecked") // what the expression answers
    private static List<String> tabs(Page page) {
        return (List<String>)
                page.locator(".course-tabs a").evaluateAll("(all) => all.map((each) => each.href)");
    }
}
