package io.socketlab.lab.packetdrill;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * grep(1) over lines. Of regular expressions {@code . * ^ $} mean something; brackets and
 * backslashes are not here.
 *
 * @param inverted {@code -v}: lines that do not match
 * @param counting {@code -c}: how many they are
 * @param quiet {@code -q}: no output
 * @param files to be read instead of what comes through the pipe
 */
record Grep(
        Pattern pattern, boolean inverted, boolean counting, boolean quiet, List<String> files) {

    private static final int LONGEST = 200;

    Grep {
        files = List.copyOf(files);
    }

    /**
     * @throws Unsupported for options that are not here
     * @throws CommandFailure without a pattern
     */
    static Grep read(List<String> arguments) {
        var options = new StringBuilder();
        var words = new ArrayList<String>();
        for (String argument : arguments) {
            boolean option = argument.length() > 1 && argument.startsWith("-");
            if (option) options.append(argument, 1, argument.length());
            else words.add(argument);
        }
        if (!options.chars().allMatch(c -> "qvciFw".indexOf(c) >= 0)) {
            throw new Unsupported("grep -" + options);
        }
        if (words.isEmpty()) throw new CommandFailure("grep: expected a pattern");
        String written = words.removeFirst();
        if (written.length() > LONGEST) throw new Unsupported("grep for so long a pattern");
        String expression =
                options.indexOf("F") >= 0 ? Pattern.quote(written) : translated(written);
        if (options.indexOf("w") >= 0) expression = "\\b" + expression + "\\b";
        int flags = options.indexOf("i") >= 0 ? Pattern.CASE_INSENSITIVE : 0;
        return new Grep(
                Pattern.compile(expression, flags),
                options.indexOf("v") >= 0,
                options.indexOf("c") >= 0,
                options.indexOf("q") >= 0,
                words);
    }

    private static String translated(String basic) {
        var java = new StringBuilder();
        for (int i = 0; i < basic.length(); i++) {
            char c = basic.charAt(i);
            if (c == '\\' || c == '[' || c == ']') {
                throw new Unsupported("grep for the expression " + basic);
            }
            boolean meant = c == '.' || c == '*' && i > 0 && basic.charAt(i - 1) != '*';
            meant |= c == '^' && i == 0 || c == '$' && i == basic.length() - 1;
            if (!meant && ".*^$+?|(){}".indexOf(c) >= 0) java.append('\\');
            java.append(c);
        }
        return java.toString();
    }

    /** The lines of {@code text} that it finds, each with its end. */
    String filter(String text) {
        return text.lines()
                .filter(line -> pattern.matcher(line).find() != inverted)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
