package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bench in a tab, and what hands do on it. */
record BenchPage(Page page) {

    private static final String WAITS = "The run waits for an answer";

    /** The network that free play offers first, open where programs are written. */
    static Page ofPrograms(Visitor student) {
        student.openBench("c1-handshake"); // as a guest
        Page page = student.page();
        page.navigate("/play");
        student.button("Make this network").click();
        student.button("Open the bench").click();
        new BenchPage(page).awaitOpen();
        page.locator("[data-tab=code]").click();
        return page;
    }

    void awaitOpen() {
        assertThat(page.locator("[data-connection=open]")).isVisible();
    }

    Locator console(String host) {
        return page.locator("[data-console=" + host + "]");
    }

    Locator input(String host) {
        return console(host).locator("input");
    }

    /** The calls that a host has made, as its console shows them. */
    Locator calls(String host) {
        return console(host).locator(".entry-call");
    }

    Locator arrows() {
        return page.locator("[data-arrow]");
    }

    Locator task(String id) {
        return page.locator("[data-panel=lab] [data-check=" + id + "]");
    }

    /** Types a call, and waits until the run has it. */
    void call(String host, String line) {
        // where there is room for one console only
        Locator tab = page.locator(".console-tabs button", hasText(host));
        if (tab.isVisible()) tab.click();
        int before = calls(host).count();
        input(host).fill(line);
        input(host).press("Enter");
        assertThat(calls(host)).hasCount(before + 1);
    }

    /** Says what happens next, where the run has halted to ask. */
    void answer(String choice) {
        page.locator("[data-choice=" + choice + "]").click();
        assertThat(page.locator("[data-moment-told]")).not().hasAttribute("data-verdict", "open");
    }

    /** A connection of the client's descriptor 3 to a listener, the server's descriptor 3. */
    void connect(int port) {
        call("server", "socket(AF_INET, SOCK_STREAM, 0)");
        call("server", "bind(3, *:" + port + ")");
        call("server", "listen(3, 5)");
        call("client", "socket(AF_INET, SOCK_STREAM, 0)");
        call("client", "connect(3, server:" + port + ")");
        run();
    }

    /** The ways to see the run. */
    List<String> tabs() {
        return page.locator("[role=tab]").all().stream()
                .map(tab -> tab.getAttribute("data-tab"))
                .toList();
    }

    void show(String tab) {
        page.locator("[role=tab][data-tab=" + tab + "]").click();
        assertThat(page.locator("[data-tab-shown=" + tab + "]")).isVisible();
    }

    /** Lets time pass until nothing is under way. */
    void run() {
        page.locator("[data-act=run]").click();
        assertThat(page.locator(".transport-next")).hasText("Nothing is under way");
    }

    /** As {@link #run}, with no answer to what is asked on the way. */
    void runUnasked() {
        Locator next = page.locator(".transport-next");
        Pattern stands = Pattern.compile("Nothing is under way|" + WAITS);
        page.locator("[data-act=run]").click();
        assertThat(next).hasText(stands);
        while (WAITS.equals(next.textContent().strip())) {
            page.locator("[data-act=skip]").click();
            assertThat(page.locator("[data-moment]")).hasCount(0);
            page.locator("[data-act=run]").click();
            assertThat(next).hasText(stands);
        }
    }

    /** What a lab's script says, done by hand: its calls typed, and Run for its quiet(). */
    void play(Script script) {
        for (String line : script.lines()) {
            if (line.equals("quiet()")) {
                run();
                continue;
            }
            Call call = Call.read(line);
            call(call.host(), call.text());
            if (call.text().startsWith("accept(")) answer("NONE");
        }
    }

    ResultPage submit() {
        page.locator("[data-act=submit]").click();
        page.locator("[data-act=hand-in]").click();
        assertThat(page.locator("#percent")).isVisible();
        return new ResultPage(page);
    }

    /** A script of lab C1, with the numbers that this run's statement gives. */
    Script script(String file) {
        String statement = page.locator(".bench-statement").textContent();
        return Script.read(file)
                .with("port", first(statement, "server:(\\d+)"))
                .with("size", first(statement, "(\\d+) octets"));
    }

    private static Page.LocatorOptions hasText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    /** What the pattern's group stands for where it first fits. */
    static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) throw new AssertionError("no " + pattern + " in: " + text);
        return matcher.group(1);
    }

    /** A call as a script has it, less what it is to answer. */
    record Call(String host, String text) {

        private static final Pattern LINE = Pattern.compile("(\\w+): (.+\\)) = -?\\d+");

        static Call read(String line) {
            Matcher call = LINE.matcher(line);
            if (!call.matches()) throw new IllegalArgumentException(line);
            return new Call(call.group(1), call.group(2));
        }
    }

    /**
     * @param lines without comments and empty ones
     */
    record Script(List<String> lines) {

        static Script read(String file) {
            Path path = Path.of(System.getProperty("socketlab.labs", "labs"), file);
            try (var lines = Files.lines(path)) {
                return new Script(
                        lines.filter(line -> !line.isBlank() && !line.startsWith("//")).toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Script with(String name, String value) {
            return new Script(
                    lines.stream().map(line -> line.replace("{{" + name + "}}", value)).toList());
        }

        Script part(int from, int to) {
            return new Script(lines.subList(from, to));
        }

        /** The lines up to and with the first quiet(). */
        int firstQuiet() {
            return lines.indexOf("quiet()") + 1;
        }
    }
}
