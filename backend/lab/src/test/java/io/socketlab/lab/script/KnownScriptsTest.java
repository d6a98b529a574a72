package io.socketlab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scripts that are read again and again. */
class KnownScriptsTest {

    private static final String CALL = "client: close(3)\n";

    private final KnownScripts known = new KnownScripts(2 * CALL.length());

    private static Source source(String file, String text) {
        return Source.of(file, text);
    }

    private Script keep(Source source) {
        var script = new Script(source, Parser.lab(source));
        known.keep(source, script);
        return script;
    }

    @Test
    void whatSaysTheSameInTheSameFileIsFound() {
        Script kept = keep(source("a", CALL));

        assertThat(known.find(source("a", CALL))).isSameAs(kept);
        assertThat(known.find(source("b", CALL))).isNull();
        assertThat(known.find(source("a", CALL.replace("3", "4")))).isNull();
    }

    /** Its mistakes would else be told at the places of the other. */
    @Test
    void whatSaysTheSameButWasWrittenOtherwiseIsAnother() {
        Source written = source("a", "client: close({{number}})\n").with(_ -> "3");
        keep(source("a", CALL));

        assertThat(written.text()).isEqualTo(CALL);
        assertThat(known.find(written)).isNull();
    }

    @Test
    void whatNobodyHasAskedForMakesRoom() {
        keep(source("a", CALL));
        keep(source("b", CALL));
        assertThat(known.find(source("a", CALL))).isNotNull();
        keep(source("c", CALL));

        assertThat(known.find(source("b", CALL))).isNull();
        assertThat(known.find(source("a", CALL))).isNotNull();
        assertThat(known.characters()).isEqualTo(2 * CALL.length());
    }

    @Test
    void whatIsTooLongIsNotKept() {
        Script kept = keep(source("a", CALL));
        keep(source("b", CALL.repeat(3)));

        assertThat(known.find(source("a", CALL))).isSameAs(kept);
        assertThat(known.characters()).isEqualTo(CALL.length());
    }
}
