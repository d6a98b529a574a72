package io.socketlab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabText;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is proposed of a run: what holds with every seed, in the words of the lab. */
class RecorderTest {

    private static final String LAB =
            """
            apiVersion: socketlab/v1
            id: one-check
            revision: 1
            title: {en: "One check"}
            level: 1
            minutes: 5
            stack: {profile: linux}
            params: {port: {int: [20000, 29999]}, size: {choice: [100, 200, 300]}}
            topology:
              hosts: {client: {}, server: {}}
              links: [{a: client, b: server, delay: 10ms, rate: 10mbit}]
            student: {modes: [script], hosts: [client, server]}
            checks:
              - id: it
                title: {en: "It"}
                points: 1
                assert: {exists: "client > S"}
                feedback: {fail: {en: "No."}}
            scoring: {total: 1}
            """;

    private static final String SCRIPT =
            """
            server: socket(AF_INET, SOCK_STREAM, 0) = 3
            server: bind(3, *:{{port}}) = 0
            server: listen(3, 5) = 0
            client: socket(AF_INET, SOCK_STREAM, 0) = 3
            client: connect(3, server:{{port}}) = 0
            server: accept(3) = 4
            client: send(3, ..., SIZE, 0)
            server: recv(4, ..., SIZE, MSG_WAITALL)
            client: close(3) = 0
            server: recv(4, 1) = 0
            server: recv(7, 1) = -1 EBADF
            """;

    private static String proposed(String size, long seeds) {
        Lab lab = LabText.lab("one-check", LAB);
        return Recorder.record(
                lab, List.of(Source.of("a.pkt", SCRIPT.replace("SIZE", size))), seeds);
    }

    @Test
    void numbersAreToldByTheirParameters() {
        assertThat(proposed("{{size}}", 8))
                .contains("- \"client: send(...) = {{size}}\"")
                .contains("- \"server: recv(...) = -1 EBADF\"")
                .contains("stream: {dir: client -> server, length: \"{{size}}\"}");
        assertThat(proposed("70", 8))
                .contains("- \"client: send(...) = 70\"")
                .contains("stream: {dir: client -> server, length: \"70\"}");
    }

    @Test
    void whatDiffersFromSeedToSeedIsNotProposed() {
        assertThat(proposed("{{size + 17}}", 8))
                .contains("- \"client: send(...) = 0..\"")
                .doesNotContain("stream:");
    }

    @Test
    void whatHoldsInOneRunAloneIsNotProposedAsANumber() {
        assertThat(proposed("70", 1)).contains("send(...) = 0..").doesNotContain("stream:");
    }

    @Test
    void whatNotEverySolutionDoesIsNotProposed() {
        Lab lab = LabText.lab("one-check", LAB);
        String other = SCRIPT.replace("SIZE", "70").replace("server: recv(7, 1) = -1 EBADF\n", "");
        String text =
                Recorder.record(
                        lab,
                        List.of(
                                Source.of("a.pkt", SCRIPT.replace("SIZE", "70")),
                                Source.of("b.pkt", other)),
                        4);
        assertThat(text).contains("client: connect(...) = 0").doesNotContain("EBADF");
    }

    @Test
    void datagramsAloneAreProposedByTheirCalls() {
        String script =
                """
                server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: bind(3, *:{{port}}) = 0
                client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                client: sendto(3, ..., {{size}}, 0, server:{{port}})
                server: recv(3, 1000)
                """;
        Lab lab = LabText.lab("one-check", LAB);
        assertThat(Recorder.record(lab, List.of(Source.of("a.pkt", script)), 8))
                .contains("- \"client: sendto(...) = {{size}}\"")
                .contains("- \"server: recv(...) = {{size}}\"")
                .doesNotContain("no-reset");
    }

    @Test
    void queuesAreToldByTheBacklogAndWrongAnswersThatFailAreNamed() {
        Lab lab =
                LabCatalogue.ofClassPath(getClass().getClassLoader())
                        .find("c3-backlog")
                        .orElseThrow();
        List<Source> solutions =
                lab.solutions().stream()
                        .map(path -> Source.of(path, lab.files().read(path).orElseThrow()))
                        .toList();
        assertThat(Recorder.record(lab, solutions, 6))
                .contains("always: \"server.listen[{{port}}].acceptq <= {{backlog + 1}}\"")
                .contains("# mutants/huge_backlog.pkt fails it");
    }

    @Test
    void connectionsOfOneHostHaveTitlesOfTheirOwn() {
        String script =
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:{{port}}) = 0
                server: listen(3, 5) = 0
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                client: connect(3, server:{{port}}) = 0
                server: accept(3) = 4
                client: close(3) = 0
                quiet()
                server: close(4) = 0
                quiet()
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                client: connect(3, server:{{port}}) = 0
                server: accept(3) = 4
                server: close(4) = 0
                quiet()
                client: close(3) = 0
                """;
        Lab lab = LabText.lab("one-check", LAB);
        String text = Recorder.record(lab, List.of(Source.of("a.pkt", script)), 4);
        List<String> titles = text.lines().filter(line -> line.contains("title:")).toList();
        assertThat(titles)
                .contains("    title: {en: \"Connection 2 of client goes through these states\"}")
                .doesNotHaveDuplicates();
    }
}
