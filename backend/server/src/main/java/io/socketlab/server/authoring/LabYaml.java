package io.socketlab.server.authoring;

import io.socketlab.lab.record.ProposedCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts checks into the text of a lab.yaml, and leaves all that its author has written as it is. */
final class LabYaml {

    private static final Pattern CHECKS = Pattern.compile("checks:\\s*(#.*)?");
    private static final Pattern ITEM = Pattern.compile("( *)- .*");
    private static final Pattern TOTAL = Pattern.compile("(?m)^(scoring:[^\\n]*\\btotal: *)(\\d+)");
    private static final Pattern FAILS = Pattern.compile("( +fails: *\\[)([^\\]]*)(].*)");
    private static final String INDENT = "  ";

    private LabYaml() {}

    /**
     * With more checks, above those that there are, and as many points more in all.
     *
     * @return empty if its checks are not written as a list with an item a line
     */
    static Optional<String> with(String yaml, List<ProposedCheck> more) {
        var lines = new ArrayList<>(yaml.lines().toList());
        int at = 0;
        while (at < lines.size() && !CHECKS.matcher(lines.get(at)).matches()) at++;
        if (at == lines.size()) return Optional.empty();
        Optional<String> indent = indent(lines.subList(at + 1, lines.size()));
        if (indent.isEmpty()) return Optional.empty();
        var items = new ArrayList<String>();
        for (ProposedCheck check : more) {
            check.yaml()
                    .lines()
                    .forEach(l -> items.add(indent.get() + l.substring(INDENT.length())));
        }
        lines.addAll(at + 1, items);
        for (ProposedCheck check : more) {
            check.failing().forEach(mutant -> fails(lines, mutant, check.id()));
        }
        return Optional.of(withPoints(String.join("\n", lines) + "\n", more.size()));
    }

    /** The mistake that has this wrong answer names the check, too, where it names any a line. */
    private static void fails(List<String> lines, String mutant, String check) {
        int at = 0;
        while (at < lines.size() && !lines.get(at).strip().equals("mutant: " + mutant)) at++;
        for (int i = at + 1; i < lines.size() && !lines.get(i).strip().startsWith("- "); i++) {
            Matcher named = FAILS.matcher(lines.get(i));
            if (!named.matches()) continue;
            String before = named.group(2).isBlank() ? "" : named.group(2) + ", ";
            lines.set(i, named.group(1) + before + check + named.group(3));
            return;
        }
    }

    /** Of the first item. */
    private static Optional<String> indent(List<String> lines) {
        for (String line : lines) {
            if (line.isBlank() || line.strip().startsWith("#")) continue;
            Matcher item = ITEM.matcher(line);
            return item.matches() ? Optional.of(item.group(1)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static String withPoints(String yaml, int more) {
        Matcher total = TOTAL.matcher(yaml);
        if (!total.find()) return yaml;
        int points = Integer.parseInt(total.group(2)) + more;
        return total.replaceFirst(Matcher.quoteReplacement(total.group(1) + points));
    }
}
