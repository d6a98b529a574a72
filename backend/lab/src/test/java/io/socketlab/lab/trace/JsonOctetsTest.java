package io.socketlab.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Hashes that are stored are of what Jackson wrote: not an octet may be another. */
class JsonOctetsTest {

    private static byte[] jackson(Consumer<JsonGenerator> writing) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            writing.accept(json);
        }
        return out.toByteArray();
    }

    private static byte[] ours(Consumer<JsonOctets> writing) {
        var json = new JsonOctets(1);
        writing.accept(json);
        return json.copy();
    }

    /** All characters but halves of pairs, sixteen at a time. */
    static Stream<String> characters() {
        return Stream.iterate(0, c -> c < 0x1_0000, c -> c + 16)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(c -> {
                    var text = new StringBuilder();
                    for (int i = c; i < c + 16; i++) text.append((char) i);
                    return text.toString();
                });
    }

    @Test
    void writesEachCharacterAsJacksonDoes() {
        characters()
                .forEach(text ->
                        assertThat(ours(json -> json.text(text)))
                                .isEqualTo(jackson(json -> json.writeString(text))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "😀", "x😀y\n", "\"\\\u0000\u001f", "≤ 3 – “ü”"})
    void writesTextsAsJacksonDoes(String text) {
        assertThat(ours(json -> json.text(text)))
                .isEqualTo(jackson(json -> json.writeString(text)));
    }

    static Stream<Long> numbers() {
        return Stream.concat(
                Stream.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L),
                Stream.iterate(1L, n -> n <= 100_000_000_000_000_000L, n -> n * 10)
                        .flatMap(n -> Stream.of(n - 1, n, n + 1, -n, 10 * n - 1)));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void writesNumbersAsJavaDoes(long number) {
        assertThat(ours(json -> json.number(number))).asString().isEqualTo(Long.toString(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 100})
    void writesOctetsAsJacksonDoes(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) octets[i] = (byte) (251 * i);

        assertThat(ours(json -> json.binary(octets)))
                .isEqualTo(jackson(json -> json.writeBinary(octets)));
    }

    @Test
    void putsCommasBetweenMembersAndNowhereElse() {
        byte[] a = JsonOctets.quoted("a");
        byte[] b = JsonOctets.quoted("b");

        assertThat(
                        ours(json -> {
                            json.sign('{');
                            json.name(a);
                            json.sign('{');
                            json.name(b);
                            json.number(1);
                            json.sign('}');
                            json.name(b);
                            json.text("{");
                            json.name(a);
                            json.truth(false);
                            json.sign('}');
                        }))
                .asString()
                .isEqualTo("{\"a\":{\"b\":1},\"b\":\"{\",\"a\":false}");
    }
}
