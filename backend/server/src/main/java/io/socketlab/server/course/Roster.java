package io.socketlab.server.course;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A list of a course's people as CSV, whose first line names the columns: {@code name} and, in any
 * order, {@code email}, {@code id}, {@code section} and {@code role}.
 *
 * @param problems what cannot be, by line; then there are no rows to use
 */
record Roster(List<Row> rows, List<Problem> problems) {

    static final int LONGEST = 1_000_000;
    private static final int MOST_ROWS = 5000;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_SECTION = 40;

    /** What people call the columns, and what they are. */
    private static final Map<String, String> COLUMNS =
            Map.ofEntries(
                    Map.entry("name", "name"),
                    Map.entry("student", "name"),
                    Map.entry("full name", "name"),
                    Map.entry("email", "email"),
                    Map.entry("e-mail", "email"),
                    Map.entry("email address", "email"),
                    Map.entry("login", "email"),
                    Map.entry("id", "id"),
                    Map.entry("sis id", "id"),
                    Map.entry("sis user id", "id"),
                    Map.entry("id number", "id"),
                    Map.entry("student id", "id"),
                    Map.entry("section", "section"),
                    Map.entry("group", "section"),
                    Map.entry("role", "role"));

    Roster {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /**
     * @param line where it stands, from 1
     */
    record Row(
            long line,
            String name,
            Optional<String> email,
            Optional<String> id,
            Optional<String> section,
            CourseRole role) {}

    /** What is wrong in a line. */
    record Problem(long line, String text) {
        @Override
        public String toString() {
            return "Line " + line + ": " + text;
        }
    }

    static Roster parse(String csv) {
        if (csv.length() > LONGEST) {
            return refused(1, "expected at most " + LONGEST + " characters");
        }
        if (csv.indexOf('\0') >= 0)
            return refused(1, "expected text, and not a spreadsheet's file");
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        CSVFormat format =
                CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(delimiter(text))
                        .setTrim(true)
                        .setIgnoreEmptyLines(true)
                        .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            return read(parser);
        } catch (IOException | UncheckedIOException e) {
            return refused(1, "expected CSV: a quote that is opened has to be closed");
        }
    }

    /** A spreadsheet of a country with decimal commas writes semicolons. */
    private static char delimiter(String text) {
        String head = text.lines().findFirst().orElse("");
        if (head.indexOf('\t') >= 0) return '\t';
        return head.indexOf(';') >= 0 && head.indexOf(',') < 0 ? ';' : ',';
    }

    private static Roster refused(long line, String why) {
        return new Roster(List.of(), List.of(new Problem(line, why)));
    }

    private static Roster read(CSVParser parser) {
        var problems = new ArrayList<Problem>();
        var rows = new ArrayList<Row>();
        Map<String, Integer> columns = Map.of();
        var seen = new HashSet<String>();
        for (CSVRecord record : parser) {
            long line = parser.getCurrentLineNumber();
            if (columns.isEmpty()) {
                columns = columns(record, line, problems);
                if (!problems.isEmpty()) return new Roster(List.of(), problems);
            } else if (rows.size() == MOST_ROWS) {
                return refused(line, "expected at most " + MOST_ROWS + " people");
            } else {
                row(record, line, columns, seen, problems).ifPresent(rows::add);
            }
        }
        if (columns.isEmpty()) return refused(1, "expected a first line that names the columns");
        return new Roster(problems.isEmpty() ? rows : List.of(), problems);
    }

    private static Map<String, Integer> columns(CSVRecord head, long line, List<Problem> problems) {
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < head.size(); i++) {
            String column = COLUMNS.get(head.get(i).toLowerCase(Locale.ROOT));
            if (column != null && columns.putIfAbsent(column, i) != null) {
                problems.add(new Problem(line, "two columns are the " + column));
            }
        }
        if (!columns.containsKey("name")) {
            problems.add(
                    new Problem(
                            line,
                            "expected a column 'name', found " + String.join(", ", head.toList())));
        }
        return columns;
    }

    private static Optional<Row> row(
            CSVRecord record,
            long line,
            Map<String, Integer> columns,
            Set<String> seen,
            List<Problem> problems) {
        int before = problems.size();
        String name = value(record, columns, "name").orElse("");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            problems.add(new Problem(line, "expected a name of 1 to 80 characters"));
        }
        Optional<String> email =
                value(record, columns, "email").map(e -> e.toLowerCase(Locale.ROOT));
        if (email.filter(e -> e.length() > LONGEST_EMAIL || e.contains(" ")).isPresent()) {
            problems.add(new Problem(line, "expected an e-mail address, found " + email.get()));
        }
        Optional<String> id = value(record, columns, "id");
        if (id.filter(i -> i.length() > LONGEST_NAME).isPresent()) {
            problems.add(new Problem(line, "expected an id of 80 characters at most"));
        }
        Optional<String> section = value(record, columns, "section");
        if (section.filter(s -> s.length() > LONGEST_SECTION).isPresent()) {
            problems.add(new Problem(line, "expected a section of 40 characters at most"));
        }
        Optional<String> word = value(record, columns, "role");
        Optional<CourseRole> role = word.flatMap(CourseRole::of);
        if (word.isPresent() && role.isEmpty()) {
            problems.add(
                    new Problem(
                            line,
                            "expected the role student, assistant, instructor or owner, found "
                                    + word.get()));
        }
        if (email.filter(e -> !seen.add("e " + e)).isPresent()
                || id.filter(i -> !seen.add("i " + i)).isPresent()) {
            problems.add(new Problem(line, name + " is in an earlier line already"));
        }
        if (problems.size() > before) return Optional.empty();
        return Optional.of(
                new Row(line, name, email, id, section, role.orElse(CourseRole.STUDENT)));
    }

    private static Optional<String> value(
            CSVRecord record, Map<String, Integer> columns, String column) {
        Integer at = columns.get(column);
        if (at == null || at >= record.size()) return Optional.empty();
        return Optional.of(record.get(at).strip()).filter(v -> !v.isEmpty());
    }
}
