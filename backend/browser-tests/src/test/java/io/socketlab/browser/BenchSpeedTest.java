package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.lang.String.format;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How fast the bench is on long runs. It prints figures and fails on none of them, since they are
 * the machine's as well as ours; what it does hold is that no input is lost. See
 * docs/performance.md.
 */
@Tag("measure")
@ExtendWith(Browsers.class)
class BenchSpeedTest {

    private static final String LAB = "q1-standing-queue";
    private static final double MINUTES = 5 * 60_000;

    /** Puts the slider there, as a hand would, and waits until that has been drawn. */
    private static final String SEEKS =
            """
            async (seeks) => {
              const frame = () => new Promise((then) => requestAnimationFrame(then));
              const slider = document.querySelector(".slider");
              const took = [];
              for (const part of seeks) {
                await frame();
                const start = performance.now();
                slider.value = String(Math.floor(part * Number(slider.max)));
                slider.dispatchEvent(new Event("input"));
                await frame();
                await new Promise((then) => setTimeout(then));
                took.push(performance.now() - start);
              }
              return took;
            }\
            """;

    private static final String STEPS =
            """
            async (steps) => {
              const frame = () => new Promise((then) => requestAnimationFrame(then));
              const took = [];
              for (let i = 0; i < steps; i += 1) {
                await frame();
                const start = performance.now();
                document.querySelector("[data-act=next]").click();
                await frame();
                await new Promise((then) => setTimeout(then));
                took.push(performance.now() - start);
              }
              return took;
            }\
            """;

    /** From one end to the other, a place a frame. Answers how long each frame was. */
    private static final String SCRUB =
            """
            async (frames) => {
              const frame = () => new Promise((then) => requestAnimationFrame(then));
              const slider = document.querySelector(".slider");
              const took = [];
              let before = await frame();
              for (let i = 0; i <= frames; i += 1) {
                slider.value = String(Math.floor((Number(slider.max) * i) / frames));
                slider.dispatchEvent(new Event("input"));
                const now = await frame();
                took.push(now - before);
                before = now;
              }
              return took;
            }\
            """;

    private static final String FIRST_PAINT =
            "() => performance.getEntriesByName('first-contentful-paint')[0].startTime";

    @ParameterizedTest
    @ValueSource(ints = {300_000, 1_300_000, 6_500_000})
    void figures(int octets, Visitor student) {
        BenchPage bench = student.openBench(LAB);
        Page page = student.page();
        transfer(bench, octets);
        String where = page.locator(".transport-where .quiet").textContent();
        say(where);

        List<Double> scattered = List.of(0.5, 0.05, 0.9, 0.3, 0.7, 0.1, 0.99, 0.45, 0.2, 0.6);
        Figures.report("seek to paint", Figures.sorted(page.evaluate(SEEKS, scattered)));
        Figures.report("step to paint", Figures.sorted(page.evaluate(STEPS, 60)));

        CDPSession session = page.context().newCDPSession(page);
        JsonObject threadTime = new JsonObject();
        threadTime.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", threadTime);
        int frames = 240;
        double before = busy(session);
        double[] scrubbed = Figures.sorted(page.evaluate(SCRUB, frames));
        double cpu = (busy(session) - before) / frames;
        Figures.report("frame while scrubbing", scrubbed);
        say(
                format(
                        Locale.ROOT,
                        "  of the main thread, per frame: %.1f ms of processor time",
                        cpu * 1000));
        assertThat(page.locator(".slider")).hasValue(page.locator(".slider").getAttribute("max"));
        assertThat(page.locator(".transport-where .quiet")).hasText(where);

        page.reload();
        bench.awaitOpen();
        double painted = ((Number) page.evaluate(FIRST_PAINT)).doubleValue();
        say(format(Locale.ROOT, "  first paint of the bench: %.0f ms", painted));
    }

    private static void transfer(BenchPage bench, int octets) {
        Page page = bench.page();
        String statement = page.locator(".bench-statement").textContent();
        var port = Pattern.compile("\\b(2\\d{4})\\b").matcher(statement);
        assertThat(port.find()).as("a port in: " + statement).isTrue();
        bench.call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("server", "bind(3, *:" + port.group(1) + ")");
        bench.call("server", "listen(3, 5)");
        bench.call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        bench.call("client", "connect(3, server:" + port.group(1) + ")");
        page.locator("[data-act=run]").click();
        assertThat(page.locator(".transport-next")).hasText("Nothing is under way");
        bench.call("server", "accept(3)");
        bench.call("server", "recv(4, ..., " + octets + ", MSG_WAITALL)");
        bench.call("client", "send(3, ..., " + octets + ", 0)");
        page.locator("[data-act=run]").click();
        assertThat(bench.calls("server").last())
                .containsText(
                        "= " + octets,
                        new LocatorAssertions.ContainsTextOptions().setTimeout(MINUTES));
        assertThat(page.locator(".transport-next"))
                .hasText(
                        "Nothing is under way",
                        new LocatorAssertions.HasTextOptions().setTimeout(MINUTES));
    }

    /** Seconds of processor time that the page's main thread has had for tasks. */
    private static double busy(CDPSession session) {
        for (JsonElement metric :
                session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject named = metric.getAsJsonObject();
            if (named.get("name").getAsString().equals("TaskDuration"))
                return named.get("value").getAsDouble();
        }
        throw new AssertionError("Chromium tells no TaskDuration");
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
