package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.SocketOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Socket options as Linux 6.18 has them, call by call: {@code options/options.txt} was written by
 * {@code options.c}, beside it, on that kernel; {@code unprivileged.txt} for the options that
 * programs here are refused.
 */
class OptionTableTest {

    /** A row of the table, for one of its states. */
    private record Row(String name, String state, List<String> calls) {}

    @TestFactory
    Stream<DynamicTest> optionsInEveryState() throws IOException {
        return rows().stream()
                .flatMap(row ->
                        option(row.name).stream()
                                .map(option ->
                                        DynamicTest.dynamicTest(
                                                option + " " + row.state,
                                                () -> check(row, option))));
    }

    private static void check(Row row, SocketOption option) {
        var program = new OptionProgram(row.state, option);
        List<String> calls = new ArrayList<>();
        for (String call : row.calls) {
            String what = call.substring(0, call.indexOf(':'));
            String given = program.run(what);
            calls.add(what + ":" + (call.contains("*/") ? "*" + length(given) : given));
        }
        assertThat(calls).isEqualTo(row.calls);
    }

    /** How many octets a value has that is not the same each time. */
    private static String length(String value) {
        return value.contains("/") ? value.substring(value.indexOf('/')) : "/" + Integer.BYTES;
    }

    private static Optional<SocketOption> option(String name) {
        return Arrays.stream(SocketOption.values())
                .filter(o -> name.equals(o.level() + "/" + o.number()))
                .findFirst();
    }

    private static List<Row> rows() throws IOException {
        List<Row> unprivileged = rows("unprivileged.txt");
        List<String> names = unprivileged.stream().map(Row::name).toList();
        List<Row> rows = new ArrayList<>(rows("options.txt"));
        rows.removeIf(row -> names.contains(row.name));
        rows.addAll(unprivileged);
        return rows;
    }

    private static List<Row> rows(String table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : lines(table)) {
            int bar = line.indexOf(" |");
            List<String> head = List.of(line.substring(0, bar).split(" ", -1));
            List<String> calls = List.of(line.substring(bar + 2).strip().split(" ", -1));
            for (String state : head.subList(1, head.size())) {
                rows.add(new Row(head.getFirst(), state, calls));
            }
        }
        return rows;
    }

    private static List<String> lines(String table) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        OptionTableTest.class.getResourceAsStream("/options/" + table))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
