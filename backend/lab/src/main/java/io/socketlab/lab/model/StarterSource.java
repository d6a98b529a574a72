package io.socketlab.lab.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A C file that a lab gives to begin with. What stands between two comments on lines of their own
 * is not to be changed:
 *
 * <pre>
 * /* read-only: begin *&#47;
 * int main(int argc, char *argv[])
 * …
 * /* read-only: end *&#47;
 * </pre>
 *
 * @param name without its folder, {@code server.c}
 */
public record StarterSource(String name, String text) {

    private static final String BEGIN = "/* read-only: begin */";
    private static final String END = "/* read-only: end */";

    /** As a compiler and a trace can name it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,30}\\.[ch]");

    /**
     * A region that is not to be changed.
     *
     * @param line of its first line of code, from 1
     * @param lines without the comments around them
     */
    public record Region(int line, List<String> lines) {
        public Region {
            lines = List.copyOf(lines);
        }

        /** Whether it stands in {@code source} as it is, blanks at the ends of lines aside. */
        public boolean standsIn(String source) {
            List<String> others = source.lines().map(String::stripTrailing).toList();
            List<String> own = lines.stream().map(String::stripTrailing).toList();
            return Collections.indexOfSubList(others, own) >= 0;
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** What is wrong with the comments in a file; empty if nothing is. */
    static Optional<String> mistake(String text) {
        boolean within = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            boolean begins = line.strip().equals(BEGIN);
            boolean ends = line.strip().equals(END);
            if (begins && within) return Optional.of("line " + number + ": expected " + END);
            if (ends && !within) return Optional.of("line " + number + ": expected " + BEGIN);
            if (begins || ends) within = begins;
        }
        return within ? Optional.of("expected " + END + " before its end") : Optional.empty();
    }

    /** Its regions that are not to be changed, in their order. */
    public List<Region> readOnly() {
        var regions = new ArrayList<Region>();
        @Nullable List<String> open = null;
        int number = 0;
        int first = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.strip().equals(BEGIN)) {
                open = new ArrayList<>();
                first = number + 1;
            } else if (line.strip().equals(END)) {
                if (open != null && !open.isEmpty()) regions.add(new Region(first, open));
                open = null;
            } else if (open != null) {
                open.add(line);
            }
        }
        return regions;
    }
}
