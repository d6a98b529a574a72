package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.script.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabRunTest {

    private static final List<String> INPUTS =
            List.of(
                    "server: socket(AF_INET, SOCK_DGRAM, 0)",
                    "server: bind(3, *:53)",
                    "client: socket(AF_INET, SOCK_DGRAM, 0)",
                    "server: recvfrom(3, 100)",
                    "client: sendto(3, \"hello\", server:53)",
                    "step call",
                    "client: recvfrom(3, 100)",
                    "server: sendto(3, ..., 10, 0, client:9)",
                    "run");

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    @Test
    void beginsWithTheHostsAndTheLink() {
        assertThat(run.events())
                .hasExactlyElementsOfTypes(
                        TraceEvent.HostStarted.class,
                        TraceEvent.HostStarted.class,
                        TraceEvent.LinkStarted.class);
        assertThat(run.now()).isZero();
        assertThat(run.nextAt()).isEmpty();
        assertThat(run.hosts())
                .containsExactly(
                        new RunHost("client", "10.0.0.1", true),
                        new RunHost("server", "10.0.0.2", true));
        assertThat(run.tasks()).isEmpty();
    }

    @Test
    void answersWithWhatACallReturned() {
        Reply reply = run.input("server: socket(AF_INET, SOCK_DGRAM, 0)");

        assertThat(reply.firstSeq()).isEqualTo(4);
        assertThat(reply.lastSeq()).isEqualTo(run.events().size()).isGreaterThan(4);
        assertThat(reply.text()).hasValueSatisfying(t -> assertThat(t).endsWith(" = 3"));
        assertThat(run.input("server: close(9)").text())
                .hasValueSatisfying(t -> assertThat(t).contains("-1 EBADF"));
    }

    @Test
    void saysWhatACallIsWaitingFor() {
        INPUTS.subList(0, 3).forEach(run::input);

        Reply receiving = run.input("server: recvfrom(3, 100)");
        assertThat(receiving.text()).contains("recvfrom(3, ..., 100, 0) … waiting: a datagram");
        assertThat(run.tasks())
                .containsExactly(
                        new TaskSummary(
                                "server",
                                1,
                                Optional.of("recvfrom(3, ..., 100, 0)"),
                                Optional.of("a datagram")),
                        new TaskSummary("client", 1, Optional.empty(), Optional.empty()));

        run.input("client: sendto(3, \"hello\", server:53)");
        run.input("step call");
        assertThat(run.now()).isEqualTo(10_000_000);
        assertThat(run.tasks()).noneMatch(TaskSummary::isBlocked);
    }

    @Test
    void theSameInputsMakeTheSameTrace() {
        INPUTS.forEach(run::input);

        LabRun again = LabRun.replay(TwoHosts.lab(), 7, run.inputs());

        assertThat(again.events()).hasSameSizeAs(run.events());
        assertThat(again.traceHash()).isEqualTo(run.traceHash());
        assertThat(again.now()).isEqualTo(run.now());
        assertThat(run.inputs()).isEqualTo(INPUTS);
    }

    @Test
    void anotherSeedMakesAnotherTrace() {
        LabRun other = LabRun.start(TwoHosts.lab(), 8);
        INPUTS.forEach(run::input);
        INPUTS.forEach(other::input);

        assertThat(other.traceHash()).isNotEqualTo(run.traceHash());
        assertThat(other.parameters()).isNotEqualTo(run.parameters());
    }

    @Test
    void stepsFromEventToEvent() {
        INPUTS.subList(0, 5).forEach(run::input);
        int before = run.events().size();

        Reply one = run.input("step");
        assertThat(run.events().size()).isGreaterThan(before);
        assertThat(one.firstSeq()).isEqualTo(before + 1);

        LabRun other = LabRun.start(TwoHosts.lab(), 7);
        INPUTS.subList(0, 5).forEach(other::input);
        other.input("step 3");
        run.input("step");
        run.input("step");
        assertThat(run.traceHash()).isEqualTo(other.traceHash());
    }

    @Test
    void runsForATimeAndUntilATime() {
        run.input("run 2s");
        assertThat(run.now()).isEqualTo(2_000_000_000);
        run.input("run until 2.5s");
        assertThat(run.now()).isEqualTo(2_500_000_000L);
        run.input("run until 1s");
        assertThat(run.now()).isEqualTo(2_500_000_000L);
    }

    @Test
    void stepsToTheReturnOfACallButNotBeyondATime() {
        run.input("client: sleep(1)");
        run.input("step call until 0.25s");
        assertThat(run.now()).isEqualTo(250_000_000);
        run.input("step call until 5s");
        assertThat(run.now()).isEqualTo(1_000_000_000);
        assertThat(run.input("step call").text()).contains("no call is waiting");
    }

    @Test
    void saysSoWhenNothingIsUnderWay() {
        assertThat(run.input("run").text()).contains("nothing is under way");
        assertThat(run.input("step").text()).contains("nothing is under way");
    }

    @Test
    void interruptsACallThatWaits() {
        run.input("client: sleep(60)");
        assertThat(run.input("interrupt client").text())
                .hasValueSatisfying(t -> assertThat(t).contains("-1 EINTR"));
        assertThat(run.tasks().getFirst().isBlocked()).isFalse();
    }

    @Test
    void tasksOfOneHostShareTheirDescriptors() {
        run.input("server: socket(AF_INET, SOCK_DGRAM, 0)");
        assertThat(run.input("server.2: bind(3, *:53)").text())
                .hasValueSatisfying(t -> assertThat(t).endsWith(" = 0"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "listen(3, 5)            => console:1:1: expected whose call it is, one of the hosts client, server, as in client: listen(3, 5)",
                "lisen(3, 5)             => console:1:1: expected a call, found 'lisen'; did you mean 'listen'?",
                "server: lisen(3, 5)     => console:1:9: expected a call, found 'lisen'; did you mean 'listen'?",
                "sever: listen(3, 5)     => console:1:1: expected one of the hosts client, server, found 'sever'; did you mean 'server'?",
                "server.17: close(3)     => console:1:1: expected a task from 1 to 16, or the number that fork() returned, found 17",
                "server: close(3) = 0    => console:1:20: expected a call without its result; that is for scripts",
                "+1 server: close(3)     => console:1:1: expected a call without a time; to let time pass: run 50ms",
                "client: sleep(1)        => console:1:1: expected client to be free; it is in sleep(60) … waiting: the time to pass",
                "step 0                  => console:1:6: expected step, step 5, step call, or step call until 1.5s, found '0'",
                "step call for 5s        => console:1:11: expected step, step 5, step call, or step call until 1.5s, found 'for'",
                "run 5                   => console:1:5: expected a time with its unit, such as 50ms or 1.5s, found '5'",
                "run until               => console:1:10: expected run, run 2s, run until 1.5s, run until event 120 or run until client.cwnd > 20",
                "run 2s now              => console:1:8: expected run, run 2s, run until 1.5s, run until event 120 or run until client.cwnd > 20, found 'now'",
                "interrupt server        => console:1:11: expected a task that is waiting in a call, found server",
                "interrupt nobody        => console:1:11: expected one of the hosts client, server, found 'nobody'",
                "walk                    => console:1:5: expected '(' after a call or ':' after a host, found the end of the line",
            })
    void refusesALineAndNothingHasChanged(String line, String message) {
        run.input("client: sleep(60)");
        String hash = run.traceHash();
        var inputs = new ArrayList<>(run.inputs());

        assertThatThrownBy(() -> run.input(line))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);

        assertThat(run.traceHash()).isEqualTo(hash);
        assertThat(run.inputs()).isEqualTo(inputs);
        assertThat(run.now()).isZero();
        assertThat(LabRun.replay(TwoHosts.lab(), 7, inputs).traceHash()).isEqualTo(hash);
    }

    @Test
    void anEmptyLineIsRefused() {
        assertThatThrownBy(() -> run.input("  ")).isInstanceOf(ScriptException.class);
    }

    @Test
    void endsAtTheLimitOfVirtualTime() {
        run.input("client: sleep(150)");
        Reply reply = run.input("run until 300s");

        assertThat(run.limitReached()).isTrue();
        assertThat(run.now()).isEqualTo(200_000_000_000L);
        assertThat(reply.text())
                .contains("the run has reached its lab's limit of 200 s of virtual time");
        assertThatThrownBy(() -> run.input("client: close(3)"))
                .hasMessage(
                        "console:1:1: expected no more: the run has reached its lab's limit of 200 s of virtual time");
    }

    @Test
    void endsAtTheLimitOfEvents() {
        LabRun small = LabRun.start(TwoHosts.labWith("events: 2000", "events: 20"), 7);
        for (int i = 0; !small.limitReached(); i++) small.input("client: close(" + i + ")");

        assertThat(small.events().size()).isBetween(20, 25);
        assertThat(small.limitMessage())
                .contains("the run has reached its lab's limit of 20 events");
    }

    @Test
    void aRunMovesOnlySoManyOctets() {
        run.input("server: socket(AF_INET, SOCK_DGRAM, 0)");
        for (int i = 0; i < 4; i++) run.input("server: write(3, ..., 16777216)");
        assertThatThrownBy(() -> run.input("server: write(3, ..., 1)"))
                .hasMessageContaining("expected fewer octets");
    }

    @Test
    void roomThatACallWasGivenAndDidNotFillIsNotMoved() {
        run.input("server: socket(AF_INET, SOCK_DGRAM, 0)");
        run.input("server: bind(3, *:80)");
        for (int i = 0; i < 5; i++) run.input("server: recv(3, ..., 16777216, MSG_DONTWAIT)");
        run.input("client: socket(AF_INET, SOCK_DGRAM, 0)");
        run.input("client: sendto(3, \"hello\", server:80)");
        run.input("run");
        run.input("server: readv(3, [{..., 16777216}])");
        assertThat(run.octets()).isEqualTo(2L * "hello".length());
        run.input("server: recvmsg(3, {msg_iov=[{..., 1000}]})");
        assertThat(run.octets()).as("it waits").isEqualTo(2L * "hello".length() + 1000);
    }

    @Test
    void onlyTheLabsHostsAndCallsAreInTheStudentsHands() {
        LabRun one =
                LabRun.start(
                        TwoHosts.labWith(
                                "hosts: [client, server]",
                                "hosts: [client], syscalls: [socket, connect]"),
                        7);

        assertThat(one.input("socket(AF_INET, SOCK_DGRAM, 0)").text()).isPresent();
        assertThatThrownBy(() -> one.input("server: socket(AF_INET, SOCK_DGRAM, 0)"))
                .hasMessage(
                        "console:1:1: expected host client, found 'server', which somebody else drives in this lab");
        assertThatThrownBy(() -> one.input("close(3)"))
                .hasMessage(
                        "console:1:1: expected one of this lab's calls, socket, connect, found 'close'");
    }

    @Test
    void tellsAListenerEveryEvent() {
        var heard = new ArrayList<TraceEvent>();
        run.onEvent(heard::add);
        int before = run.events().size();
        run.input("client: socket(AF_INET, SOCK_DGRAM, 0)");
        assertThat(heard).isEqualTo(run.events().subList(before, run.events().size()));
    }
}
