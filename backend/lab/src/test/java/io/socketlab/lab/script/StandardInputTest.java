package io.socketlab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program reads, in a line. */
class StandardInputTest {

    private static final String LETTERS = "ab  \n\t\r\"\\\\x0<{}ü€\u0000";

    /** As the line is taken apart into words, and put together with one blank between any two. */
    private static String asWords(String line) {
        return new LineWords(Source.of("console", line)).toString();
    }

    @RepeatedTest(50)
    void whateverIsWrittenIsReadAgainOutOfALine(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        String written = StandardInput.write(text.toString());
        assertThat(written).doesNotContain("\n");
        assertThat(StandardInput.read(asWords(written)))
                .hasValueSatisfying(octets ->
                        assertThat(new String(octets, StandardCharsets.UTF_8))
                                .isEqualTo(text.toString()));
    }

    @Test
    void itIsWrittenAsInC() {
        assertThat(StandardInput.write("say \"hi\"\n")).isEqualTo("\"say \\\"hi\\\"\\n\"");
        assertThat(StandardInput.write(" a  b ")).isEqualTo("\"\\x20a\\x20\\x20b\\x20\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "\"hello", "\"he\"llo\"", "\"\\\"", "\"\\q\"", "\"\\x1\"", ""})
    void somethingElseIsRefused(String written) {
        assertThat(StandardInput.read(written)).isEmpty();
    }
}
