package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A student asks about an event on the bench, and the answer comes to where it was asked. */
@ExtendWith(Browsers.class)
class QuestionsTest {

    @Test
    void an_answer_comes_to_the_event_that_was_asked_about(Visitor grace, Visitor ada) {
        grace.signUp("Grace", "grace-" + UUID.randomUUID());
        Page teacher = grace.page();
        teacher.navigate("/courses");
        teacher.getByLabel("Title").fill("Networks");
        grace.button("Make the course").click();
        String course = teacher.url();
        teacher.locator("select[name=lab]").selectOption("c1-handshake");
        grace.button("Add").click();
        teacher.getByLabel("Students see it").check();
        grace.button("Save").click();
        teacher.navigate(course + "/people");
        grace.button("Make a link").click();
        String link = teacher.locator(".join-links .address").first().textContent();

        Page page = ada.page();
        ada.signUp("Ada", "ada-" + UUID.randomUUID());
        page.navigate(link);
        ada.button("Join the course").click();
        page.locator("tbody a").first().click();
        ada.button("Open the bench").click();
        BenchPage bench = new BenchPage(page);
        bench.awaitOpen();
        String address = page.url();
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("server", "listen(3, 5)");
        page.navigate(address + "#e=2");
        page.locator(".why-head").click();
        page.keyboard().press("a"); // ask
        page.getByLabel("Your question about event 2").fill("Why is it 3?");
        ada.button("Ask").click();
        page.navigate(address + "#e=1");
        bench.awaitOpen();
        assertThat(page.locator(".bench-course")).containsText("Questions (1)");
        Locator mark = page.locator(".diagram-question");
        assertThat(mark).hasAttribute("aria-label", "Event 2: question, asked, no answer yet");

        teacher.navigate(course);
        Locator tab =
                teacher.locator(".course-tabs a")
                        .filter(new Locator.FilterOptions().setHasText("Questions"));
        assertThat(tab.locator(".course-count")).hasText("1");
        tab.click();
        grace.link("Event 2").click();
        assertThat(teacher.locator(".why-question")).containsText("Why is it 3?");
        grace.link("Answer it").click();
        teacher.getByLabel("Answer").fill("0, 1 and 2 are taken.");
        grace.button("Say it").click();
        assertThat(tab.locator(".course-count")).hasCount(0);

        assertThat(page.locator(".said-answer"))
                .hasText("Your question about event 2 has been answered: 0, 1 and 2 are taken.");
        assertThat(page.locator(".bench-course")).containsText("Questions (1, 1 new)");
        mark.click();
        assertThat(page.locator(".why-answer")).containsText("0, 1 and 2 are taken.");
        // who has been shown it has seen it
        assertThat(page.locator(".bench-course")).containsText("Questions (1)");
        assertThat(mark).hasAttribute("aria-label", "Event 2: question, answered");
        ada.assertNoErrors();
        grace.assertNoErrors();
    }
}
