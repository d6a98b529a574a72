package io.socketlab.sandbox.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be the files of a program. */
class SourcesTest {

    @Test
    void theyAreInTheOrderOfTheirNamesAndThoseThatAreCompiledAreReadFirst() {
        var sources = new Sources(Map.of("util.c", "u\n", "a.h", "h\n", "main.c", "m\n"));
        assertThat(sources.files().keySet()).containsExactly("a.h", "main.c", "util.c");
        assertThat(sources.compiled()).containsExactly("main.c", "util.c");
        assertThat(sources.text())
                .isEqualTo("/* main.c */\nm\n\n/* util.c */\nu\n\n/* a.h */\nh\n");
        assertThat(new Sources(Map.of("main.c", "m\n")).text()).isEqualTo("m\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../server.c",
                "/etc/server.c",
                "a/b.c",
                "-o.c",
                "@flags.c",
                ".c",
                "server.o",
                "server.cc",
                "server",
                "a b.c",
                "a\nb.c",
                "$(id).c",
                "ä.c",
                ""
            })
    void aNameIsNoMoreThanAName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sources(Map.of("main.c", "", name, "")))
                .withMessageStartingWith("A source is named of letters");
    }

    @Test
    void thereIsOneThatIsCompiledAndNotTooMuchOfAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sources(Map.of("a.h", "")))
                .withMessage("A program has a .c file at least.");
        var many = new TreeMap<String, String>();
        IntStream.range(0, 17).forEach(i -> many.put("f" + i + ".c", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sources(many))
                .withMessage("A program has 16 files at most.");
        String half = "x".repeat(200_001);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sources(Map.of("a.c", half, "b.c", half)))
                .withMessage("The files of a program have 400000 characters at most.");
        var none = new HashMap<String, String>();
        none.put("a.c", null);
        assertThatIllegalArgumentException().isThrownBy(() -> new Sources(none));
    }
}
