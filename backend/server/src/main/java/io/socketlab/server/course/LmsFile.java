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
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * A gradebook as an LMS has exported it, filled in and given back: headers, order and all cells but
 * those that we have a grade for stay as they are, so that the LMS knows its own again.
 *
 * @param csv the file, filled in
 * @param filled how many cells were
 * @param missing titles of assignments for which the file has no column
 * @param strangers rows of the file that are nobody of the course
 * @param absent students of the course who are not in the file
 * @param problem why nothing could be filled in; empty if it could
 */
record LmsFile(
        String csv,
        int filled,
        List<String> missing,
        List<String> strangers,
        List<String> absent,
        String problem) {

    /** In the order in which they are looked for: what both have under ID is Canvas' own number. */
    private static final List<String> ID_ORDER =
            List.of("sis user id", "id number", "idnumber", "student id", "sis id", "id");

    private static final List<String> EMAIL_ORDER =
            List.of("sis login id", "email address", "e-mail", "email", "login id", "username");
    private static final List<String> NAME_ORDER =
            List.of("student", "full name", "name", "first name", "surname", "last name");
    private static final int LONGEST = 5_000_000;

    LmsFile {
        missing = List.copyOf(missing);
        strangers = List.copyOf(strangers);
        absent = List.copyOf(absent);
    }

    /** Fills a file in. */
    static LmsFile fill(String csv, Gradebook.Table table) {
        if (csv.length() > LONGEST) {
            return refused(csv, "expected at most " + LONGEST + " characters");
        }
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        List<List<String>> lines = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), CSVFormat.DEFAULT)) {
            parser.forEach(record -> lines.add(new ArrayList<>(record.toList())));
        } catch (IOException | UncheckedIOException e) {
            return refused(csv, "expected CSV: a quote that is opened has to be closed");
        }
        if (lines.isEmpty()) return refused(csv, "expected a first line that names the columns");
        return new Filling(lines, table).fill();
    }

    private static LmsFile refused(String csv, String why) {
        return new LmsFile(csv, 0, List.of(), List.of(), List.of(), why);
    }

    private static final class Filling {

        private final List<List<String>> lines;
        private final Gradebook.Table table;
        private final List<String> head;
        private final OptionalInt id;
        private final OptionalInt email;

        Filling(List<List<String>> lines, Gradebook.Table table) {
            this.lines = lines;
            this.table = table;
            this.head =
                    lines.getFirst().stream().map(h -> h.strip().toLowerCase(Locale.ROOT)).toList();
            this.id = column(ID_ORDER);
            this.email = column(EMAIL_ORDER);
        }

        private OptionalInt column(List<String> names) {
            for (String name : names) {
                int at = head.indexOf(name);
                if (at >= 0) return OptionalInt.of(at);
            }
            return OptionalInt.empty();
        }

        LmsFile fill() {
            if (id.isEmpty() && email.isEmpty()) {
                return refused(
                        GradebookCsv.text(lines),
                        "expected a column SIS User ID, ID number, SIS Login ID or Email address");
            }
            Map<Integer, Integer> columns = new HashMap<>();
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < table.assignments().size(); i++) {
                String title = table.assignments().get(i).title();
                OptionalInt at = columnOf(title);
                if (at.isPresent()) columns.put(i, at.getAsInt());
                else missing.add(title);
            }
            int filled = 0;
            List<String> strangers = new ArrayList<>();
            Set<Gradebook.Row> seen = new HashSet<>();
            for (List<String> line : lines.subList(1, lines.size())) {
                Optional<Gradebook.Row> row = row(line);
                if (row.isEmpty()) {
                    if (isPerson(line)) strangers.add(name(line));
                    continue;
                }
                seen.add(row.get());
                filled += fill(line, row.get(), columns);
            }
            List<String> absent =
                    table.rows().stream()
                            .filter(row -> !seen.contains(row))
                            .map(row -> row.member().name())
                            .toList();
            return new LmsFile(GradebookCsv.text(lines), filled, missing, strangers, absent, "");
        }

        private static int fill(
                List<String> line, Gradebook.Row row, Map<Integer, Integer> columns) {
            int filled = 0;
            for (Map.Entry<Integer, Integer> column : columns.entrySet()) {
                String grade = row.grades().get(column.getKey()).text();
                if (grade.isEmpty()) continue;
                while (line.size() <= column.getValue()) line.add("");
                line.set(column.getValue(), grade);
                filled++;
            }
            return filled;
        }

        /** Canvas puts its number behind a title, Moodle the kind before it and the type behind. */
        private OptionalInt columnOf(String title) {
            String wanted = title.strip().toLowerCase(Locale.ROOT);
            for (int i = 0; i < head.size(); i++) {
                String bare =
                        head.get(i)
                                .replaceFirst("^[a-z ]+: ?(?=.)", "")
                                .replaceFirst(" \\((\\d+|real|points)\\)$", "");
                if (bare.equals(wanted) || head.get(i).equals(wanted)) return OptionalInt.of(i);
            }
            return OptionalInt.empty();
        }

        private Optional<Gradebook.Row> row(List<String> line) {
            String sis = cell(line, id);
            Optional<Gradebook.Row> byId =
                    sis.isEmpty()
                            ? Optional.empty()
                            : table.rows().stream()
                                    .filter(r -> r.member().sisId().filter(sis::equals).isPresent())
                                    .findFirst();
            String address = cell(line, email).toLowerCase(Locale.ROOT);
            if (byId.isPresent() || address.isEmpty()) return byId;
            return table.rows().stream()
                    .filter(r -> r.member().email().filter(address::equals).isPresent())
                    .findFirst();
        }

        private static String cell(List<String> line, OptionalInt at) {
            return at.isPresent() && at.getAsInt() < line.size()
                    ? line.get(at.getAsInt()).strip()
                    : "";
        }

        /** Not the row of points possible, nor an empty one. */
        private boolean isPerson(List<String> line) {
            return !cell(line, id).isEmpty() || !cell(line, email).isEmpty();
        }

        private String name(List<String> line) {
            for (String column : NAME_ORDER) {
                int at = head.indexOf(column);
                if (at >= 0 && at < line.size() && !line.get(at).isBlank()) return line.get(at);
            }
            return String.join(", ", line);
        }
    }
}
