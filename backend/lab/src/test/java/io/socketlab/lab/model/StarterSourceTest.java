package io.socketlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** C files that a lab gives to begin with. */
class StarterSourceTest {

    private static final String TEXT =
            """
            int answer(void) { return 0; }
            /* read-only: begin */
            int main(void)
            {
                return answer();
            }
            /* read-only: end */
            /* read-only: begin */
            int last;
            /* read-only: end */
            """;

    private static final StarterSource SOURCE = new StarterSource("server.c", TEXT);

    @Test
    void whatIsNotToBeChangedStandsBetweenComments() {
        assertThat(SOURCE.readOnly())
                .containsExactly(
                        new StarterSource.Region(
                                3, List.of("int main(void)", "{", "    return answer();", "}")),
                        new StarterSource.Region(9, List.of("int last;")));
    }

    @Test
    void itStandsInASourceThatHasChangedElsewhere() {
        StarterSource.Region region = SOURCE.readOnly().getFirst();
        assertThat(region.standsIn(TEXT.replace("return 0", "return 42"))).isTrue();
        assertThat(region.standsIn("/* server.c */\r\n" + TEXT.replace("\n", "  \r\n"))).isTrue();
        assertThat(region.standsIn(TEXT.replace("return answer()", "return 42"))).isFalse();
        assertThat(region.standsIn("")).isFalse();
    }

    private static Lab lab(String student, String name, String text) {
        String yaml =
                """
                apiVersion: socketlab/v1
                id: given
                revision: 1
                title: {en: "Given"}
                level: 1
                minutes: 5
                stack: {profile: linux}
                topology:
                  hosts: {client: {}, server: {}}
                  links: [{a: client, b: server}]
                student: {modes: [c], STUDENT}
                checks:
                  - id: connected
                    title: {en: "The client connects"}
                    points: 1
                    assert: {exists: "client: connect(...) = 0"}
                    feedback: {fail: {en: "It did not connect."}}
                scoring: {total: 1}
                """;
        Map<String, String> files =
                Map.of("lab.yaml", yaml.replace("STUDENT", student), "starter/" + name, text);
        return LabReader.read(new TextFiles("given", files));
    }

    @Test
    void aLabGivesThemByHost() {
        Lab lab = lab("sources: {server: [starter/server.c]}", "server.c", TEXT);
        assertThat(lab.sources("server")).containsExactly(SOURCE);
        assertThat(lab.sources("client")).isEmpty();
    }

    @Test
    void whatCannotBeGivenIsRefused() {
        refused("sources: {nobody: starter/server.c}", "server.c", TEXT, "nobody");
        refused("sources: {server: starter/other.c}", "server.c", TEXT, "unknown file");
        refused(
                "sources: {server: starter/notes.txt}",
                "notes.txt",
                TEXT,
                "expected a file called");
        refused(
                "sources: {server: starter/server.c}",
                "server.c",
                TEXT + "/* read-only: begin */\n",
                "expected /* read-only: end */ before its end");
        refused(
                "sources: {server: starter/server.c}",
                "server.c",
                "/* read-only: end */\n" + TEXT,
                "line 1: expected /* read-only: begin */");
    }

    private static void refused(String student, String name, String text, String why) {
        assertThatThrownBy(() -> lab(student, name, text))
                .isInstanceOf(LabException.class)
                .hasMessageContaining(why);
    }
}
