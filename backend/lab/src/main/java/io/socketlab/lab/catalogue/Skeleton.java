package io.socketlab.lab.catalogue;

import io.socketlab.lab.model.LabReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A whole lab to begin with, which is proven already: to be changed step by step. */
public final class Skeleton {

    private static final List<String> FILES =
            List.of(
                    LabReader.FILE,
                    "statement.en.md",
                    "starter/start.pkt",
                    "solution/plain.pkt",
                    "solution/in_pieces.pkt",
                    "mutants/nobody_reads.pkt");

    /** What the lab's id takes the place of. */
    private static final String PLACEHOLDER = "\\bID\\b";

    private Skeleton() {}

    /**
     * Its files by their paths, lab.yaml first.
     *
     * @param id what the lab is to be called, {@link LabReader#isId}
     */
    public static Map<String, String> files(String id) {
        if (!LabReader.isId(id)) throw new IllegalArgumentException("not an id: " + id);
        var files = new LinkedHashMap<String, String>();
        for (String path : FILES) files.put(path, text(path).replaceAll(PLACEHOLDER, id));
        return Collections.unmodifiableMap(files);
    }

    private static String text(String path) {
        try (InputStream in =
                Objects.requireNonNull(
                        Skeleton.class.getResourceAsStream("skeleton/" + path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
