package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browsers.class)
class AccountTest {

    private static final String PASSWORD = "four words do well";

    @Test
    void signs_up_by_form_and_signs_in_again(Visitor ada) {
        Page page = ada.page();
        page.navigate("/");
        ada.link("Sign up").click();
        page.getByLabel("Name", exactly()).fill("Ada");
        page.getByLabel("E-mail or user name").fill("ada");
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("main form button").click();
        assertThat(ada.link("Ada")).isVisible();

        ada.button("Sign out").click();
        assertThat(ada.link("Ada")).hasCount(0);

        page.navigate("/sign-in");
        page.getByLabel("E-mail or user name").fill("ada");
        page.getByLabel("Password").fill("not the password");
        ada.button("Sign in").click();
        assertThat(page.locator(".notice-problem")).isVisible();

        page.getByLabel("Password").fill(PASSWORD);
        ada.button("Sign in").click();
        assertThat(ada.link("Ada")).isVisible();
    }

    @Test
    void a_form_says_what_is_wrong_with_it_and_keeps_what_was_written(Visitor visitor) {
        Page page = visitor.page();
        page.navigate("/sign-up");
        page.getByLabel("Name", exactly()).fill("Bo");
        page.getByLabel("E-mail or user name").fill("bo");
        page.getByLabel("Password").fill("short");
        page.locator("main form button").click();

        assertThat(page.locator(".field-error")).containsText("10 to 200 characters");
        assertThat(page.getByLabel("Name", exactly())).hasValue("Bo");
    }

    @Test
    void one_click_is_enough_to_begin_as_a_guest(Visitor visitor) {
        Page page = visitor.page();
        page.navigate("/labs/c1-handshake");
        visitor.button("Start as a guest").click();

        assertThat(page).hasURL(Pattern.compile("/labs/c1-handshake$"));
        assertThat(visitor.button("Open the bench")).isVisible();
        assertThat(visitor.link("Keep my work")).isVisible();
    }

    @Test
    void a_guest_who_signs_up_keeps_the_run(Visitor visitor) {
        BenchPage bench = visitor.openBench("c1-handshake");
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        String run = visitor.page().url();

        visitor.link("Keep my work").click();
        Page page = visitor.page();
        page.getByLabel("Name", exactly()).fill("Cleo");
        page.getByLabel("E-mail or user name").fill("cleo");
        page.getByLabel("Password").fill(PASSWORD);
        visitor.button("Keep my work").click();
        assertThat(visitor.link("Cleo")).isVisible();

        page.navigate(run);
        assertThat(bench.calls("server")).hasCount(1);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
