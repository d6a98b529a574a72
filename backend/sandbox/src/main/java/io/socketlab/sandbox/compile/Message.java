package io.socketlab.sandbox.compile;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a compiler or linker says of a program.
 *
 * @param file empty where it is of no file: the linker's
 * @param line from 1, as is {@code column}; both are 0 where it is of no line
 * @param text as clang gives it
 */
public record Message(Severity severity, String file, int line, int column, String text) {

    /** How bad it is. */
    public enum Severity {
        /** Nothing was made of the program. */
        ERROR,
        /** It was compiled, and hardly does what was meant. */
        WARNING,
        /** Belongs to the one before. */
        NOTE
    }

    /** More are not kept of a program. */
    private static final int MOST = 100;

    private static final int LONGEST = 1_000;

    private static final Pattern AT =
            Pattern.compile(
                    "([^:]{1,100}):(\\d{1,7}):(\\d{1,7}): (fatal error|error|warning|note): (.*)");

    private static final Pattern LINKER =
            Pattern.compile("wasm-ld(?:-\\d+)?: (error|warning): (.*)");

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code server.c:41:5: error: …}, as compilers write it. */
    public String written() {
        String place = file.isEmpty() ? "" : file + ":" + line + ":" + column + ": ";
        return place + severity.name().toLowerCase(Locale.ROOT) + ": " + text;
    }

    /** Reads what clang and wasm-ld print. Lines that only show the source again are left out. */
    static List<Message> read(String output) {
        return output.lines().flatMap(Message::readLine).limit(MOST).toList();
    }

    private static Stream<Message> readLine(String line) {
        Matcher at = AT.matcher(line);
        if (at.matches()) {
            return Stream.of(
                    new Message(
                            severity(at.group(4)),
                            at.group(1),
                            Integer.parseInt(at.group(2)),
                            Integer.parseInt(at.group(3)),
                            cut(at.group(5))));
        }
        Matcher linker = LINKER.matcher(line);
        return linker.matches()
                ? Stream.of(new Message(severity(linker.group(1)), "", 0, 0, cut(linker.group(2))))
                : Stream.empty();
    }

    private static Severity severity(String word) {
        return switch (word) {
            case "warning" -> Severity.WARNING;
            case "note" -> Severity.NOTE;
            default -> Severity.ERROR;
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
