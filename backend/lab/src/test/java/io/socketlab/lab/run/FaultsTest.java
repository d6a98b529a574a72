package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent.DatagramReceived;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a student does to frames on the wire. */
class FaultsTest {

    private static final Lab LAB =
            TwoHosts.labWith(
                    "hosts: [client, server]}", "hosts: [client, server], faults: [drop, delay]}");

    private static final String SOCKETS =
            """
            server: socket(AF_INET, SOCK_DGRAM, 0) = 3
            server: bind(3, *:{{port}}) = 0
            client: socket(AF_INET, SOCK_DGRAM, 0) = 3
            """;

    private final LabRun run = LabRun.start(LAB, 7);

    private void script(String rest) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", SOCKETS + rest)).differences())
                .isEmpty();
    }

    @Test
    void theNextFrameIsLostAndNoOther() {
        script(
                """
                drop(client)
                client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                client: sendto(3, ..., 20, 0, server:{{port}}) = 20
                quiet()
                server: recv(3, 100) = 20
                server: recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN
                """);
        assertThat(run.events())
                .filteredOn(e -> e instanceof PacketDropped d && d.reason() == DropReason.LINK_LOSS)
                .hasSize(1);
    }

    @Test
    void aFrameThatIsHeldBackIsOvertaken() {
        script(
                """
                delay(client, 1.5)
                client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                client: sendto(3, ..., 20, 0, server:{{port}}) = 20
                server: recv(3, 100) = 20
                server: recv(3, 100) = 10
                """);
        assertThat(run.events().stream().filter(DatagramReceived.class::isInstance))
                .extracting(e -> e.stamp().at())
                .containsExactly(10_000_000L, 1_510_000_000L);
    }

    @Test
    void faultsBefallOneFrameEachInTheirOrder() {
        script(
                """
                drop(client)
                delay(client, 2)
                client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                client: sendto(3, ..., 20, 0, server:{{port}}) = 20
                client: sendto(3, ..., 30, 0, server:{{port}}) = 30
                server: recv(3, 100) = 30
                server: recv(3, 100) = 20
                server: recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN
                """);
    }

    /** A router with a card to each of the two. */
    private static final Lab ROUTED =
            TwoHosts.labWith(
                    """
                      hosts: {client: {}, server: {}}
                      links: [{a: client, b: server, delay: 10ms}]
                    params:
                      port: {int: [20000, 29999]}
                    student: {modes: [bench, script], hosts: [client, server]}
                    """,
                    """
                      hosts: {client: {}, router: {forwarding: true}, server: {}}
                      links:
                        - {a: client, b: router, delay: 10ms}
                        - {a: router, b: server, delay: 10ms}
                    params:
                      port: {int: [20000, 29999]}
                    student: {modes: [bench, script], hosts: [client, server], faults: [drop, delay]}
                    """);

    /** What is sent through eth1 is lost, and what goes back through eth0 late. */
    @Test
    void theCardsOfARouterAreToldApart() {
        LabRun routed = LabRun.start(ROUTED, 7);
        String script =
                """
                drop(router, eth1)
                delay(router, eth0, 2)
                client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                client: sendto(3, ..., 20, 0, server:{{port}}) = 20
                server: recv(3, 100) = 20
                server: connect(3, client:7) = 0
                server: send(3, ..., 30, 0) = 30
                """;
        assertThat(ScriptRunner.run(routed, Source.of("a.pkt", SOCKETS + script)).differences())
                .isEmpty();
        assertThat(routed.inputs()).contains("drop router eth1", "delay router eth0 2s");
        assertThat(routed.events().stream().filter(DatagramReceived.class::isInstance))
                .extracting(e -> e.stamp().at())
                .containsExactly(20_000_000L, 2_040_000_000L);
        assertThat(routed.input("drop router eth1").text())
                .contains("The next frame that router eth1 sends is lost.");
        assertThatThrownBy(() -> routed.input("drop router eth2"))
                .hasMessage(
                        "console:1:13: expected a network card of router, eth0, eth1, found 'eth2'");
        assertThatThrownBy(() ->
                        ScriptRunner.run(routed, Source.of("a.pkt", "delay(client, eth1, 1)")))
                .hasMessage("a.pkt:1:15: expected a network card of client, eth0, found 'eth1'");
    }

    @Test
    void theyAreInTheInputLogAndReplayed() {
        script(
                """
                delay(client, 1.5)
                client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                drop(server)
                """);
        assertThat(run.inputs()).contains("delay client 1.5s", "drop server");
        assertThat(LabRun.replay(LAB, 7, run.inputs()).traceHash()).isEqualTo(run.traceHash());
    }

    @Test
    void aConsoleSaysWhatWillHappen() {
        assertThat(run.input("drop client").text())
                .contains("The next frame that client sends is lost.");
        assertThat(run.input("delay server 40ms").text())
                .contains("The next frame that server sends is 40ms late.");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "drop                    => console:1:5: expected the host whose next frame is to be lost: drop client",
                "drop sever              => console:1:6: expected a host, found 'sever'; did you mean 'server'?",
                "delay client            => console:1:13: expected a host, and by how much its next frame is late: delay client 2s",
                "delay client soon       => console:1:14: expected a time with its unit, such as 50ms or 1.5s, found 'soon'",
                "drop(client)            => console:1:1: expected a call; a fault is written here as: drop client",
            })
    void refusesWhatItCannotDo(String line, String message) {
        assertThatThrownBy(() -> run.input(line))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
        assertThat(run.inputs()).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "drop()             => a.pkt:1:1: expected the host whose next frame is to be lost: drop client",
                "drop(sever)        => a.pkt:1:6: expected a host, found 'sever'; did you mean 'server'?",
                "client: drop(client) => a.pkt:1:1: expected no host here: whose frame it is stands in the brackets",
                "delay(client)      => a.pkt:1:1: expected a host, and by how much its next frame is late: delay client 2s",
                "delay(client, -1)  => a.pkt:1:15: expected a time with its unit, such as 50ms or 1.5s, found '-1s'",
            })
    void refusesAScriptThatItCannotRun(String line, String message) {
        assertThatThrownBy(() -> ScriptRunner.run(run, Source.of("a.pkt", line)))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
        assertThat(run.inputs()).isEmpty();
    }

    @Test
    void aLabThatHasNoneAllowsNone() {
        LabRun without = LabRun.start(TwoHosts.lab(), 7);
        assertThatThrownBy(() -> without.input("drop client"))
                .hasMessage(
                        "console:1:6: expected no fault: in this lab frames fare as its links say");
        LabRun delayOnly =
                LabRun.start(
                        TwoHosts.labWith("script], hosts", "script], faults: [delay], hosts"), 7);
        assertThatThrownBy(() -> delayOnly.input("drop client"))
                .hasMessage("console:1:6: expected one of this lab's faults, delay");
        assertThat(delayOnly.input("delay client 1s").text()).isPresent();
    }
}
