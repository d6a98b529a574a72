package io.socketlab.lab.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are made to keep the reader busy, or to break it, are refused as any mistake is. */
class HostileLabTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("a billion laughs", (Supplier<String>) HostileLabTest::laughs),
                Arguments.of("a node within itself", (Supplier<String>) () -> "checks: &a [*a]\n"),
                Arguments.of(
                        "a deep node",
                        (Supplier<String>)
                                () -> "checks: " + "[".repeat(100_000) + "]".repeat(100_000)),
                Arguments.of(
                        "a deep assertion",
                        (Supplier<String>)
                                () ->
                                        "checks: [{id: a, assert: "
                                                + "{none: [".repeat(5_000)
                                                + "]}".repeat(5_000)
                                                + "}]"),
                Arguments.of(
                        "a deep condition",
                        (Supplier<String>)
                                () ->
                                        "checks: [{id: a, assert: {final: \""
                                                + "(".repeat(100_000)
                                                + "1"
                                                + ")".repeat(100_000)
                                                + "\"}}]"),
                Arguments.of(
                        "a deep parameter",
                        (Supplier<String>)
                                () -> "params: {a: {expr: \"" + "-".repeat(100_000) + "1\"}}"));
    }

    private static String laughs() {
        var text = new StringBuilder("checks:\n  - &a0 {all: [{never: x}]}\n");
        for (int i = 1; i < 30; i++) {
            String before = "*a" + (i - 1);
            text.append("  - &a%d {assert: {all: [".formatted(i))
                    .append(String.join(", ", before, before, before, before))
                    .append("]}, all: [")
                    .append(String.join(", ", before, before, before, before))
                    .append("]}\n");
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void itIsRefusedSoon(String name, Supplier<String> text) {
        var files = new TextFiles("hostile", Map.of(LabReader.FILE, text.get()));
        Assertions.assertTimeoutPreemptively(
                SOON,
                () ->
                        assertThatThrownBy(() -> LabReader.read(files))
                                .isInstanceOf(LabException.class));
    }
}
