package io.socketlab.lab.catalogue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small lab that has something of everything, and the table of mistakes in it, {@code
 * mistakes-of-authors.txt}: what of which file is replaced by what, and what is said of the place
 * at the mark.
 */
public final class AuthorsMistakes {

    public static final String LAB = "small-lab";

    private static final String MARK = "¶";

    private AuthorsMistakes() {}

    /**
     * A row of the table.
     *
     * @param by with the mark in it
     */
    public record Row(String file, String what, String by, String said) {

        /** The file with the mistake in it. */
        public String text(Map<String, String> files) {
            int start = start(files);
            String before = files.get(file);
            return before.substring(0, start)
                    + by.replace(MARK, "")
                    + before.substring(start + what.length());
        }

        /** Where the mistake is to be told, from the beginning of the text. */
        int place(Map<String, String> files) {
            return start(files) + by.indexOf(MARK);
        }

        private int start(Map<String, String> files) {
            int start = Objects.requireNonNull(files.get(file), file).indexOf(what);
            if (start < 0) throw new IllegalStateException("not in " + file + ": " + what);
            return start;
        }
    }

    public static Map<String, String> files() throws IOException, URISyntaxException {
        Path folder = resource(LAB);
        var texts = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    public static List<Row> rows() throws IOException, URISyntaxException {
        return Files.readString(resource("mistakes-of-authors.txt"))
                .transform(text -> Stream.of(text.split("\n\n", -1)))
                .map(String::strip)
                .filter(block -> !block.isEmpty() && !block.startsWith("#"))
                .map(block -> block.split("\n", -1))
                .map(lines -> new Row(lines[0], line(lines[1]), line(lines[2]), lines[3]))
                .toList();
    }

    private static String line(String text) {
        return text.replace("\\n", "\n");
    }

    private static Path resource(String name) throws URISyntaxException {
        URL url = AuthorsMistakes.class.getClassLoader().getResource(name);
        return Path.of(Objects.requireNonNull(url, name).toURI());
    }
}
