package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browsers.class)
class PlayTest {

    @Test
    void a_network_of_ones_own_is_made_shared_by_its_address_and_played_on(Visitor student) {
        Page page = student.page();
        student.openBench("c1-handshake"); // as a guest
        page.navigate("/play?preset=1");
        page.locator("[name=delay]").fill("7 ms");
        student.button("Make this network").click();
        assertThat(page.locator("[role=alert]")).hasText("Delay: expected a time, as in 20ms.");

        page.locator("[name=delay]").fill("7ms");
        student.button("Make this network").click();
        assertThat(page).hasURL(Pattern.compile("/play/[0-9a-f]{12}$"));
        assertThat(page.locator("[name=delay]")).hasValue("7ms");

        assertThat(page.locator(".play-ready .address")).hasText(page.url());
        student.button("Copy").click();
        assertThat(student.button("Copied")).isVisible();

        student.button("Open the bench").click();
        BenchPage bench = new BenchPage(page);
        bench.awaitOpen();
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(page.locator("[data-act=submit]")).hasCount(0);
        page.reload();
        bench.awaitOpen();
        assertThat(bench.calls("server")).hasCount(1);
        String run = page.url().replace("/runs/", "/api/v1/runs/").replaceFirst("#.*", "");
        assertThat(page.request().get(run + "/capture")).isOK();
    }
}
