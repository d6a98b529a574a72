package io.socketlab.lab.expr;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A text in some languages, by language tag; it may have {@code {{…}}} in it. */
public record LocalText(Map<String, String> byLocale) {

    public static final LocalText NONE = new LocalText(Map.of());

    public LocalText {
        byLocale = Collections.unmodifiableMap(new LinkedHashMap<>(byLocale));
    }

    public static LocalText english(String text) {
        return new LocalText(Map.of("en", text));
    }

    /** In {@code locale}, or else in English, or else in whatever there is. */
    public String in(String locale) {
        String text = byLocale.get(locale);
        if (text == null) text = byLocale.get("en");
        if (text == null && !byLocale.isEmpty()) text = byLocale.values().iterator().next();
        return text == null ? "" : text;
    }

    /** In English. */
    public String text() {
        return in("en");
    }

    public boolean isEmpty() {
        return byLocale.isEmpty();
    }
}
