package io.socketlab.browser;

import com.microsoft.playwright.Browser;
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
 * Gives each {@link Visitor} parameter a browser of its own, with cookies of its own. The server
 * and Chromium are started once for all classes.
 */
final class Browsers implements ParameterResolver, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(Browsers.class);
    private static final Path WORK = Path.of("target", "browser");

    /** What all tests share. */
    record Shared(LabServer server, Playwright driver, Browser browser) implements AutoCloseable {

        static Shared start() {
            Path chromium = Chromium.find();
            try {
                Files.createDirectories(WORK);
                LabServer server = LabServer.start(WORK.toAbsolutePath());
                Playwright driver = Chromium.driver();
                return new Shared(server, driver, Chromium.launch(driver, chromium));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            browser.close();
            driver.close();
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visitor.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared =
                context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(Shared.class, _ -> Shared.start(), Shared.class);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        parameter.getIndex(),
                        _ -> new Visitor(shared.browser(), shared.server().url()),
                        Visitor.class);
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
