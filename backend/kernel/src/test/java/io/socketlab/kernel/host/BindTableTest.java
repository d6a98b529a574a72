package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Which sockets may have a port together: {@code bind/linux.txt} was written by {@code bind.c},
 * beside it, on Linux 6.18; {@code bind/freebsd.txt} by FreeBSD's source.
 */
class BindTableTest {

    @TestFactory
    Stream<DynamicTest> asOnLinux() throws IOException {
        return rows("linux.txt", KernelProfile.LINUX, BindProgram.OPTIONS);
    }

    @TestFactory
    Stream<DynamicTest> asOnFreeBsd() throws IOException {
        return rows("freebsd.txt", KernelProfile.BSD, BindProgram.FREEBSD_OPTIONS);
    }

    private static Stream<DynamicTest> rows(
            String table, KernelProfile profile, List<String> options) throws IOException {
        return lines(table)
                .filter(row -> !row.startsWith("#"))
                .map(row -> {
                    String situation = row.substring(0, row.indexOf(" | "));
                    return DynamicTest.dynamicTest(
                            situation,
                            () -> assertThat(row(situation, profile, options)).isEqualTo(row));
                });
    }

    private static String row(String situation, KernelProfile profile, List<String> options) {
        var row = new StringBuilder(situation).append(" |");
        String[] words = situation.split(" ", -1);
        for (String first : options) {
            row.append(' ').append(first).append(':');
            for (String second : options) {
                var program = new BindProgram(profile, words[0]);
                program.first(words[1], first, words[2]);
                row.append(program.second(second, words[3]));
            }
        }
        return row.toString();
    }

    private static Stream<String> lines(String table) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(BindTableTest.class.getResourceAsStream("/bind/" + table))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
