package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.trace.TraceJson;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Running to what comes about, and cutting a log at an event. */
class RunUntilTest {

    private static final Lab LAB =
            TwoHosts.labWith(
                    "hosts: [client, server]}", "hosts: [client, server], faults: [drop, delay]}");

    private final LabRun run = LabRun.start(LAB, 7);

    @BeforeEach
    void connect() {
        input(
                "server: socket(AF_INET, SOCK_STREAM, 0)",
                "server: bind(3, *:{{port}})",
                "server: listen(3, 5)",
                "client: socket(AF_INET, SOCK_STREAM, 0)",
                "client: connect(3, server:{{port}})");
    }

    private void input(String... lines) {
        for (String line : lines) run.input(run.parameters().fill(line));
    }

    private TraceEvent last() {
        return run.events().getLast();
    }

    @Test
    void aConditionComesTrueAtTheEventThatMakesItSo() {
        input("run until server.child[1].state == ESTABLISHED");
        assertThat(run.now()).isEqualTo(30_000_000L);
        assertThat(run.events())
                .filteredOn(e ->
                        e instanceof TraceEvent.StateChanged s
                                && s.to().equals("ESTABLISHED")
                                && s.stamp().host().equals("server"))
                .hasSize(1);
        assertThat(run.inputs().getLast())
                .matches("run until event \\d+ \\(server.child\\[1].state == ESTABLISHED\\)");
        assertThat(LabRun.replay(LAB, 7, run.inputs()).traceHash()).isEqualTo(run.traceHash());
    }

    @Test
    void aPatternIsMet() {
        input("run until client: connect(...) = 0");
        assertThat(last()).isInstanceOf(TraceEvent.CallReturned.class);
        assertThat(run.now()).isEqualTo(20_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop",
                "* SegmentSent retransmission=1..",
                "*.tcp: * -> *",
                "* CallReturned result=-1"
            })
    void whatTheBenchAsksForComesAbout(String what) {
        input("run", "client: setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, {sec=5, usec=0})");
        input("drop client", "drop client", "drop client", "client: send(3, ..., 10, 0)");
        input("client: shutdown(3, SHUT_WR)", "client: recv(3, 10)");
        int before = run.events().size();
        input("run until " + what);
        assertThat(run.events()).hasSizeGreaterThan(before);
        assertThat(run.now()).isGreaterThan(30_000_000L);
    }

    @Test
    void whatDoesNotComeAboutLeavesTheRunAsItIs() {
        int before = run.events().size();
        assertThatThrownBy(() -> input("run until drop"))
                .hasMessage(
                        "console:1:11: expected what comes about by itself; if nobody does anything, it does not come to drop");
        assertThat(run.events()).hasSize(before);
        assertThat(run.inputs()).hasSize(5);
    }

    @Test
    void whatIsSoAlreadyHasToBeOtherwiseFirst() {
        assertThatThrownBy(() -> input("run until client.state == SYN_SENT"))
                .isInstanceOf(ScriptException.class);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "run until                 => console:1:10: expected run, run 2s, run until 1.5s, run until event 120 or run until client.cwnd > 20",
                "run until event           => console:1:16: expected an event's number",
                "run until event x         => console:1:17: expected an event's number, found 'x'",
                "run until cleint.cwnd > 3 => console:1:11: expected a host, found 'cleint'; did you mean 'client'?",
                "run until 5               => console:1:11: expected a time with its unit, such as 50ms or 1.5s, found '5'",
            })
    void saysWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> input(line)).hasMessage(message);
    }

    @Test
    void aCutLogMakesTheSameBeginning() {
        input("run", "server: accept(3)", "client: send(3, ..., 100, 0)", "run");
        List<TraceEvent> whole = run.events();
        for (int seq = 0; seq <= whole.size(); seq++) {
            LabRun fork = LabRun.replay(LAB, 7, CutLog.at(LAB, 7, run.inputs(), seq));
            assertThat(fork.events().size()).isGreaterThanOrEqualTo(seq);
            assertThat(TraceJson.lines(fork.events()))
                    .isEqualTo(TraceJson.lines(whole.subList(0, fork.events().size())));
        }
    }

    @Test
    void aForkIsWithoutWhatCameLater() {
        input("run");
        int here = run.events().size();
        input("drop client", "client: send(3, ..., 100, 0)");
        assertThat(CutLog.at(LAB, 7, run.inputs(), here)).isEqualTo(run.inputs().subList(0, 6));
    }
}
