package io.socketlab.server.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The gradebook as CSV: as it is, and as Canvas and Moodle take it in. Whoever has no grade has an
 * empty cell, which is not 0.
 */
final class GradebookCsv {

    private GradebookCsv() {}

    /** For whom it is written. */
    enum Format {
        PLAIN,
        /** Canvas' "Import Grades": its five columns, and a row of points possible. */
        CANVAS,
        /** Moodle's "Import, CSV file": people by id number and e-mail address. */
        MOODLE;

        /**
         * The one of a name.
         *
         * @throws io.socketlab.server.web.ProblemException if there is none
         */
        static Format named(String word) {
            for (Format format : values()) {
                if (format.name().equalsIgnoreCase(word)) return format;
            }
            throw Refusals.invalid(
                    "Parameter 'format': expected plain, canvas or moodle, found '%s'."
                            .formatted(word));
        }
    }

    static String write(Gradebook.Table table, Format format) {
        return switch (format) {
            case PLAIN -> plain(table);
            case CANVAS -> canvas(table);
            case MOODLE -> moodle(table);
        };
    }

    private static String plain(Gradebook.Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                line(
                        Stream.of(
                                List.of("name", "email", "id", "section"),
                                titles(table),
                                List.of("total"))));
        for (Gradebook.Row row : table.rows()) {
            lines.add(line(Stream.of(person(row.member()), grades(row), List.of(row.totalText()))));
        }
        return text(lines);
    }

    private static List<String> person(Member m) {
        return List.of(m.name(), m.email().orElse(""), m.sisId().orElse(""), m.section());
    }

    private static String canvas(Gradebook.Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                line(
                        Stream.of(
                                List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
                                titles(table))));
        lines.add(
                line(
                        Stream.of(
                                List.of("    Points Possible", "", "", "", ""),
                                table.assignments().stream()
                                        .map(a -> Numbers.text(a.points()))
                                        .toList())));
        for (Gradebook.Row row : table.rows()) {
            Member m = row.member();
            List<String> who =
                    List.of(m.name(), "", m.sisId().orElse(""), m.email().orElse(""), m.section());
            lines.add(line(Stream.of(who, grades(row))));
        }
        return text(lines);
    }

    private static String moodle(Gradebook.Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                line(Stream.of(List.of("Full name", "ID number", "Email address"), titles(table))));
        for (Gradebook.Row row : table.rows()) {
            Member m = row.member();
            lines.add(
                    line(
                            Stream.of(
                                    List.of(m.name(), m.sisId().orElse(""), m.email().orElse("")),
                                    grades(row))));
        }
        return text(lines);
    }

    private static List<String> titles(Gradebook.Table table) {
        return table.assignments().stream().map(Assignment::title).toList();
    }

    private static List<String> grades(Gradebook.Row row) {
        return row.grades().stream().map(Grade::text).toList();
    }

    /** What each check gave, a row a student. */
    static String checks(CheckColumns.Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                line(
                        Stream.of(
                                List.of("name", "email", "id", "section", "points"),
                                table.columns().stream().map(CheckColumns.Column::id).toList())));
        for (CheckColumns.Row row : table.rows()) {
            lines.add(
                    line(
                            Stream.of(
                                    person(row.member()),
                                    List.of(row.grade().text()),
                                    row.cells().stream().map(CheckColumns.Cell::points).toList())));
        }
        return text(lines);
    }

    private static List<String> line(Stream<List<String>> parts) {
        return parts.flatMap(List::stream).map(GradebookCsv::tame).toList();
    }

    /** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String tame(String cell) {
        boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
        return formula ? "'" + cell : cell;
    }

    static String text(List<? extends List<String>> lines) {
        var csv = new StringBuilder();
        try (var out = new CSVPrinter(csv, CSVFormat.RFC4180)) {
            for (List<String> line : lines) out.printRecord(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return csv.toString();
    }

    /** {@code gradebook-canvas.csv}. */
    static String fileName(Format format) {
        return "gradebook-" + format.name().toLowerCase(Locale.ROOT) + ".csv";
    }
}
