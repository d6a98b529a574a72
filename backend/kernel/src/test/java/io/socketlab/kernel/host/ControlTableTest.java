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
 * Control messages as Linux 6.18 has them, call by call and octet by octet: {@code
 * control/control.txt} was written by {@code control.c}, beside it, on that kernel.
 */
class ControlTableTest {

    @TestFactory
    Stream<DynamicTest> eachCall() throws IOException {
        return lines().stream()
                .map(line -> line.split(" \\| "))
                .map(row -> DynamicTest.dynamicTest(row[0], () -> check(row[0], row[1])));
    }

    private static void check(String call, String expected) {
        assertThat(new ControlProgram().run(call)).isEqualTo(expected);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ControlTableTest.class.getResourceAsStream("/control/control.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
