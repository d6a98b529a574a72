package io.socketlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Somebody with a browser of their own. */
final class Visitor implements AutoCloseable {

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private final BrowserContext context;
    private final boolean isAlone;
    private final List<String> errors = new ArrayList<>();
    private final Page page;

    private Visitor(BrowserContext context, boolean isAlone) {
        this.context = context;
        this.isAlone = isAlone;
        page = newTab();
    }

    /** With a browser that nobody else has. */
    static Visitor alone(Browser browser, String url) {
        return new Visitor(context(browser, url), true);
    }

    /** With a browser in which others were before, of whom only what it has fetched is left. */
    static Visitor oneOfSeveral(BrowserContext context) {
        return new Visitor(context, false);
    }

    static BrowserContext context(Browser browser, String url) {
        return browser.newContext(
                new Browser.NewContextOptions().setBaseURL(url).setViewportSize(WIDTH, HEIGHT));
    }

    Page page() {
        return page;
    }

    /** Another tab of the same browser. */
    Page newTab() {
        Page tab = context.newPage();
        tab.onPageError(errors::add);
        tab.onConsoleMessage(message -> {
            // a page that is not there is answered with 404, and some tests ask for such
            if (message.type().equals("error")
                    && !message.text().startsWith("Failed to load resource"))
                errors.add(message.text());
        });
        return tab;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Light or dark, as the system's settings would say. */
    void prefer(String colours) {
        page.emulateMedia(
                new Page.EmulateMediaOptions()
                        .setColorScheme(ColorScheme.valueOf(colours.toUpperCase(Locale.ROOT))));
    }

    void becomeGuest() {
        page.navigate("/");
        button("Start as a guest").click();
        assertThat(button("Sign out")).isVisible();
    }

    /** With an account of his own. */
    void signUp(String name, String login) {
        page.navigate("/sign-up");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        page.getByLabel("E-mail or user name").fill(login);
        page.getByLabel("Password").fill("four words do well");
        page.locator("main form button").click();
        assertThat(link(name)).isVisible();
    }

    /** As a guest, a new run of a lab. */
    BenchPage openBench(String lab) {
        becomeGuest();
        page.navigate("/labs/" + lab);
        button("Open the bench").click();
        BenchPage bench = new BenchPage(page);
        bench.awaitOpen();
        return bench;
    }

    void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    void assertNoErrors() {
        assertThat(errors).as("errors in the page").isEmpty();
    }

    @Override
    public void close() {
        if (isAlone) {
            context.close();
            return;
        }
        page.evaluate("localStorage.clear(), sessionStorage.clear()");
        context.pages().forEach(Page::close);
        context.clearCookies();
    }
}
