package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A term of an instructor and of his students, from a lab that is not there yet to its regrade. */
@ExtendWith(Browsers.class)
class TeachingTest {

    private static final double PATIENCE = 60_000;

    private static String login(String name) {
        return name + "-" + UUID.randomUUID();
    }

    @Test
    void an_instructor_writes_a_lab_watches_two_students_mends_a_check_and_regrades(
            Visitor grace, Visitor ada, Visitor bob) {
        grace.signUp("Grace", login("grace"));
        String lab = "journey-" + UUID.randomUUID().toString().substring(0, 8);
        String draft = write(grace, lab);
        publish(grace, draft, 1);
        String course = course(grace, lab);
        String link = link(grace, course);

        BenchPage adas = work(ada, "Ada", link);
        Page wall = grace.newTab();
        wall.navigate(course + "/wall");
        Locator tile = wall.locator(".tile").filter(new Locator.FilterOptions().setHasText("Ada"));
        assertThat(tile).containsText("0 of 2");
        adas.connect(port(ada.page()));
        assertThat(tile).containsText("1 of 2", patient());
        wall.close();
        adas.submit();
        BenchPage bobs = work(bob, "Bob", link);
        bobs.connect(port(bob.page()));
        int size = number(bob.page(), "(\\d+) octets");
        bobs.call("server", "accept(3)");
        bobs.call("client", "send(3, ..., " + size + ", 0)");
        bobs.run();
        bobs.call("server", "recv(4, 1000)");
        bobs.submit();

        Page page = grace.page();
        page.navigate(course + "/gradebook");
        assertThat(row(page, "Ada")).containsText("1");
        assertThat(row(page, "Bob")).containsText("3");

        edit(grace, draft, "layer: 1", "layer: 1 # more than half of the work");
        edit(grace, draft, "points: 1\n", "points: 2\n");
        edit(grace, draft, "{total: 3}", "{total: 4}");
        publish(grace, draft, 2);
        page.navigate(course);
        grace.link("Terms").click();
        grace.link("Regrade").click();
        page.getByLabel("Why; students read it").fill("Connecting was worth too little.");
        grace.button("See what would change").click();
        assertThat(page.locator("#regrade-state")).hasText("ready to be looked at", patientText());
        assertThat(page.locator("#raised")).hasText("1");
        assertThat(page.locator("#lowered")).hasText("0");
        grace.button("Raise 1").click();
        assertThat(page.locator("#regrade-state")).containsText("applied");
        page.navigate(course + "/gradebook");
        assertThat(row(page, "Ada")).containsText("1.5");
        ada.page().reload();
        assertThat(ada.page().locator("main")).containsText("Connecting was worth too little.");

        String csv = page.request().get(course + "/gradebook.csv?format=canvas").text();
        assertThat(csv).startsWith("Student,ID,SIS User ID").contains("Ada").contains(",1.5");
        grace.assertNoErrors();
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.HasTextOptions patientText() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    }

    private static Locator row(Page page, String student) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(student));
    }

    /** From the template, with a mistake that is seen and mended; answers the draft's address. */
    private static String write(Visitor grace, String lab) {
        Page page = grace.page();
        page.navigate("/author");
        page.locator("input[name=id]").fill(lab);
        grace.button("Begin").click();
        String draft = page.url();
        edit(grace, draft, "pool: 64", "pool: sixty");
        assertThat(page.locator("#problems")).containsText("lab.yaml:");
        edit(grace, draft, "pool: sixty", "pool: 8");
        assertThat(page.locator("#problems")).containsText("None: the lab can be read.");
        assertThat(page.locator("#preview")).containsText("send() returns at once");
        return draft;
    }

    /** Changes lab.yaml in the editor, and saves it. */
    private static void edit(Visitor grace, String draft, String old, String text) {
        Page page = grace.page();
        page.navigate(draft + "?file=lab.yaml");
        String before = page.locator("#text").inputValue();
        assertThat(before).contains(old);
        page.locator(".cm-content").click();
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().press("Delete");
        page.keyboard().insertText(before.replace(old, text));
        grace.button("Save").click();
        assertThat(page.locator(".author-status")).containsText("Saved");
    }

    private static void publish(Visitor grace, String draft, int revision) {
        Page page = grace.page();
        page.navigate(draft + "/verify");
        page.locator(".author-proof form button").click();
        assertThat(page.locator(".author-proof")).containsText("Proven.", patient());
        grace.button("Publish revision " + revision).click();
        assertThat(page.locator("main")).containsText("is published");
    }

    /** With the lab as its only assignment; answers its address. */
    private static String course(Visitor grace, String lab) {
        Page page = grace.page();
        page.navigate("/courses");
        page.getByLabel("Title").fill("Networks");
        grace.button("Make the course").click();
        String course = page.url();
        page.locator("select[name=lab]").selectOption(lab);
        grace.button("Add").click();
        page.getByLabel("Students see it").check();
        grace.button("Save").click();
        assertThat(page.locator(".notice-good")).containsText("Saved");
        return course;
    }

    private static String link(Visitor grace, String course) {
        grace.page().navigate(course + "/people");
        grace.button("Make a link").click();
        return grace.page().locator(".join-links .address").first().textContent();
    }

    /** Joins the course and opens the bench of its first assignment. */
    private static BenchPage work(Visitor student, String name, String link) {
        student.signUp(name, login(name.toLowerCase(Locale.ROOT)));
        student.page().navigate(link);
        student.button("Join the course").click();
        student.page().locator("tbody a").first().click();
        student.button("Open the bench").click();
        BenchPage bench = new BenchPage(student.page());
        bench.awaitOpen();
        return bench;
    }

    private static int port(Page page) {
        return number(page, "port (\\d+)");
    }

    private static int number(Page page, String pattern) {
        Matcher found =
                Pattern.compile(pattern).matcher(page.locator(".bench-statement").textContent());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    @Test
    void a_student_has_deadlines_an_extension_and_a_word_from_his_teacher(
            Visitor grace, Visitor ada) {
        grace.signUp("Grace", login("grace"));
        String course = course(grace, "c1-handshake");
        String terms = terms(grace, course, "2020-01-01T10:00");
        Page page = ada.page();
        ada.signUp("Ada", login("ada"));
        page.navigate(link(grace, course));
        ada.button("Join the course").click();
        page.locator("tbody a").first().click();
        String assignment = page.url();
        assertThat(page.locator(".worth")).containsText("The deadline is over");

        grace.page().navigate(terms);
        grace.page().locator("select[name=who]").selectOption("Ada");
        Locator extension = grace.page().locator("section[aria-labelledby=extensions-title]");
        extension.locator("input[name=due]").fill("2099-01-01T10:00");
        extension.locator("input[name=reason]").fill("was ill");
        grace.button("Extend").click();
        assertThat(extension).containsText("was ill");

        page.navigate(assignment);
        assertThat(page.locator(".worth")).containsText("Counts in full until Thu 1 Jan 2099");
        ada.button("Open the bench").click();
        BenchPage bench = new BenchPage(page);
        bench.awaitOpen();
        assertThat(page.locator(".bench-course")).containsText("staff can look on");
        bench.connect(number(page, "server:(\\d+)"));
        bench.submit();
        page.navigate(assignment);
        assertThat(page.locator("main")).containsText("counts 100 %");

        grace.page().navigate(course + "/gradebook");
        row(grace.page(), "Ada").locator("td.amount a").first().click();
        grace.page().getByLabel("Points in place of those").fill("19");
        grace.page().getByLabel("Why, or what else").fill("You explained it in class.");
        grace.button("Say it").click();
        page.navigate(assignment);
        assertThat(page.locator("main")).containsText("19 of 20");
        assertThat(page.locator("main")).containsText("You explained it in class.");
    }

    private static String terms(Visitor grace, String course, String due) {
        Page page = grace.page();
        page.navigate(course);
        grace.link("Terms").click();
        page.getByLabel("Due (100 %)").fill(due);
        grace.button("Save").click();
        return page.url();
    }
}
