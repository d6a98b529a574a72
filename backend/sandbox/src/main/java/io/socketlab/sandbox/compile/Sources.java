package io.socketlab.sandbox.compile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a C program that are compiled together, by name and in the order of their names.
 *
 * @param files their texts by name: {@code server.c}, {@code proto.h}; a name has no folder
 */
public record Sources(Map<String, String> files) {

    /** Files of a program, at most. */
    public static final int MOST_FILES = 16;

    /** Characters of all files of a program together, at most. */
    public static final int LONGEST = 400_000;

    /**
     * A name goes to a compiler's command line and into a folder, and can be neither more nor less.
     */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,39}\\.[ch]");

    private static final String COMPILED = ".c";

    /**
     * @throws IllegalArgumentException if they are none, too many or too long, or one is not named
     *     as it has to be; the message is a sentence for who wrote them
     */
    public Sources {
        for (String name : files.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "A source is named of letters, digits, '_' and '-', and ends in .c or .h, as server.c; this is "
                                + name);
            }
        }
        if (files.values().stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("Each file of a program has a text.");
        }
        if (files.keySet().stream().noneMatch(Sources::isCompiled)) {
            throw new IllegalArgumentException("A program has a .c file at least.");
        }
        if (files.size() > MOST_FILES) {
            throw new IllegalArgumentException(
                    "A program has %d files at most.".formatted(MOST_FILES));
        }
        if (files.values().stream().mapToLong(String::length).sum() > LONGEST) {
            throw new IllegalArgumentException(
                    "The files of a program have %d characters at most.".formatted(LONGEST));
        }
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    private static boolean isCompiled(String name) {
        return name.endsWith(COMPILED);
    }

    /** The names of those that are compiled: the others are included by them. */
    public List<String> compiled() {
        return files.keySet().stream().filter(Sources::isCompiled).toList();
    }

    /** All of them in one text, for whoever reads it: those that are compiled first. */
    public String text() {
        if (files.size() == 1) return files.values().iterator().next();
        return Stream.concat(
                        compiled().stream(),
                        files.keySet().stream().filter(name -> !isCompiled(name)))
                .map(name -> "/* " + name + " */\n" + files.get(name))
                .collect(Collectors.joining("\n"));
    }
}
