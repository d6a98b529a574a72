package io.socketlab.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A headless Chromium that is on this machine already; none is ever downloaded. */
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private Chromium() {}

    static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions()
                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Browser launch(Playwright driver, Path executable) {
        return driver.chromium()
                .launch(
                        new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                // its sandbox needs rights that root in a container lacks
                                .setArgs(List.of("--no-sandbox")));
    }

    static Path find() {
        String named = System.getenv("SOCKETLAB_CHROMIUM");
        if (named != null && !named.isBlank()) {
            Path path = Path.of(named);
            if (Files.isExecutable(path)) return path;
            throw new IllegalStateException(
                    "SOCKETLAB_CHROMIUM is " + named + ", which is no program that can be run.");
        }
        String folders = System.getenv().getOrDefault("PATH", "");
        return Stream.of(folders.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "The browser tests need Chromium: install it (apt-get install chromium),"
                                        + " or set SOCKETLAB_CHROMIUM to its path."));
    }
}
