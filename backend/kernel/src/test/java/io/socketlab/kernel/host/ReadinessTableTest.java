package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Readiness as Linux 6.18 has it, call by call: the tables in {@code readiness} were written by
 * {@code readiness.c}, beside them, on that kernel.
 */
class ReadinessTableTest {

    private static final String RESULT = " = ";
    private static final String CASE = "case ";

    @TestFactory
    Stream<DynamicTest> socketsInEveryState() throws IOException {
        return tests("sockets.txt");
    }

    @TestFactory
    Stream<DynamicTest> epoll() throws IOException {
        return tests("epoll.txt");
    }

    private static Stream<DynamicTest> tests(String table) throws IOException {
        List<List<String>> cases = new ArrayList<>();
        for (String line : lines(table)) {
            if (line.startsWith(CASE)) cases.add(new ArrayList<>());
            if (!line.isBlank() && !line.startsWith("#")) cases.getLast().add(line);
        }
        assertThat(cases).isNotEmpty();
        return cases.stream()
                .map(lines ->
                        DynamicTest.dynamicTest(
                                lines.getFirst().substring(CASE.length()),
                                () -> assertThat(again(lines)).isEqualTo(lines)));
    }

    private static List<String> again(List<String> lines) {
        var program = new ReadinessProgram();
        List<String> done = new ArrayList<>();
        done.add(lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            String command = line.substring(0, line.indexOf(RESULT));
            done.add(command + RESULT + program.run(command));
        }
        return done;
    }

    private static List<String> lines(String table) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ReadinessTableTest.class.getResourceAsStream("/readiness/" + table))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
