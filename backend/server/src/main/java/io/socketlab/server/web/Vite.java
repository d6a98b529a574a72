package io.socketlab.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the front end's files are: their names carry a hash, and Vite's manifest knows them. */
@Component("vite")
public class Vite {

    private static final String MANIFEST = "META-INF/resources/app/.vite/manifest.json";
    private static final String ENTRY = "src/main.ts";
    private static final String BASE = "/app/";

    private final String script;
    private final List<String> styles = new ArrayList<>();

    Vite(JsonMapper json) {
        try (InputStream in = new ClassPathResource(MANIFEST).getInputStream()) {
            JsonNode entry = json.readTree(in).path(ENTRY);
            script = BASE + entry.path("file").asString();
            entry.path("css").forEach(css -> styles.add(BASE + css.asString()));
        } catch (IOException e) {
            throw new UncheckedIOException("the front end has not been built", e);
        }
    }

    /** The script of every page. */
    public String script() {
        return script;
    }

    /** The style sheets of every page. */
    public List<String> styles() {
        return List.copyOf(styles);
    }
}
