package io.socketlab.lab.grade;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as a table, a row for each check, RFC 4180. */
public final class ResultCsv {

    private static final String END = "\r\n";

    private static final List<String> HEADER =
            List.of(
                    "lab",
                    "revision",
                    "seed",
                    "check",
                    "name",
                    "status",
                    "score",
                    "max_score",
                    "rule",
                    "event",
                    "output");

    private ResultCsv() {}

    static String of(ResultDocument result) {
        return text(
                Stream.concat(
                        Stream.of(HEADER), result.tests().stream().map(test -> row(result, test))));
    }

    /**
     * Many results as one table.
     *
     * @param column what their names are, for the header: the first column has them
     * @param results by name, in order
     */
    public static String of(String column, Map<String, ResultDocument> results) {
        Stream<List<String>> rows =
                results.entrySet().stream()
                        .flatMap(named ->
                                named.getValue().tests().stream()
                                        .map(test ->
                                                with(named.getKey(), row(named.getValue(), test))));
        return text(Stream.concat(Stream.of(with(column, HEADER)), rows));
    }

    private static List<String> with(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private static String text(Stream<List<String>> rows) {
        return rows.map(row -> row.stream().map(ResultCsv::field).collect(Collectors.joining(",")))
                .collect(Collectors.joining(END, "", END));
    }

    private static List<String> row(ResultDocument result, ResultDocument.Test test) {
        return List.of(
                result.lab().id(),
                Integer.toString(result.lab().revision()),
                Long.toString(result.seedId()),
                test.id(),
                test.name(),
                test.status().name(),
                number(test.score()),
                number(test.maxScore()),
                test.rule(),
                test.firstDivergence() > 0 ? Integer.toString(test.firstDivergence()) : "",
                test.output());
    }

    private static String number(double points) {
        return String.format(Locale.ROOT, "%.2f", points);
    }

    private static String field(String text) {
        String safe = isFormula(text) ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** A spreadsheet would calculate it, and it may come from whoever is graded. */
    private static boolean isFormula(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    }
}
