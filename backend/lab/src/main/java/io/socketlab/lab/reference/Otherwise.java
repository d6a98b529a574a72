package io.socketlab.lab.reference;

import io.socketlab.kernel.trace.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/**
 * What would have come about otherwise: of each rule, what would have had to be different for it
 * not to decide, and what would have happened then. Written in {@code otherwise.properties}.
 */
public final class Otherwise {

    private static final Properties TEXTS = read();

    private Otherwise() {}

    private static Properties read() {
        var texts = new Properties();
        try (InputStream in =
                        Objects.requireNonNull(
                                Otherwise.class.getResourceAsStream("otherwise.properties"));
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** A sentence or two. */
    public static String of(Rule rule) {
        return TEXTS.getProperty(rule.id(), "");
    }

    /** The ids of the rules that have a text. */
    static Iterable<String> ids() {
        return TEXTS.stringPropertyNames();
    }
}
