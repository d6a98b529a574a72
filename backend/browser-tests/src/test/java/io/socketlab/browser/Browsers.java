package io.socketlab.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each {@link Visitor} parameter a browser of its own, with cookies of its own. The server is
 * started once for all classes, and Chromium once for each thread that runs some: Playwright is not
 * to be shared among threads.
 */
final class Browsers implements ParameterResolver, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(Browsers.class);
    private static final Path WORK = Path.of("target", "browser");

    /** What all tests of a thread share. */
    private record Chrome(Playwright driver, Browser browser) implements AutoCloseable {

        static Chrome start() {
            Playwright driver = Chromium.driver();
            return new Chrome(driver, Chromium.launch(driver, Chromium.find()));
        }

        @Override
        public void close() {
            browser.close();
            driver.close();
        }
    }

    private static LabServer startServer() {
        try {
            Files.createDirectories(WORK);
            return LabServer.start(WORK.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visitor.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store all = context.getRoot().getStore(NAMESPACE);
        LabServer server =
                all.computeIfAbsent(LabServer.class, _ -> startServer(), LabServer.class);
        Chrome chrome =
                all.computeIfAbsent(Thread.currentThread(), _ -> Chrome.start(), Chrome.class);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        parameter.getIndex(),
                        _ -> visitor(context, chrome.browser(), server.url()),
                        Visitor.class);
    }

    private static Visitor visitor(ExtensionContext context, Browser browser, String url) {
        if (!context.getRequiredTestClass().isAnnotationPresent(OneCache.class)) {
            return Visitor.alone(browser, url);
        }
        ExtensionContext ofClass = context.getParent().orElseThrow();
        BrowserContext shared =
                ofClass.getStore(NAMESPACE)
                        .computeIfAbsent(
                                BrowserContext.class,
                                _ -> Visitor.context(browser, url),
                                BrowserContext.class);
        return Visitor.oneOfSeveral(shared);
    }

    /**
     * A picture of what each saw when a test failed; and no test passes over an error in a page.
     */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        for (int i = 0; i < context.getRequiredTestMethod().getParameterCount(); i++) {
            Visitor visitor = context.getStore(NAMESPACE).get(i, Visitor.class);
            if (visitor == null) continue;
            if (context.getExecutionException().isPresent()) {
                String name = context.getRequiredTestMethod().getName() + "-" + i + ".png";
                visitor.picture(WORK.resolve(name));
            } else {
                visitor.assertNoErrors();
            }
        }
    }
}
