package io.socketlab.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.DatagramReceived;
import io.socketlab.kernel.trace.TraceEvent.FaultInjected;
import io.socketlab.kernel.trace.TraceEvent.LinkChanged;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.trace.TraceEvent.WireEntered;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.run.TwoHosts;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody does to packets, cables, hosts and calls. The links take 10 ms one way. */
class DisturberTest {

    private static final Lab LAB =
            TwoHosts.labWith(
                    "hosts: [client, server]}",
                    "hosts: [client, server], faults: ["
                            + String.join(", ", DisturbanceReader.KINDS)
                            + "]}");

    private static final String DATAGRAMS =
            """
            server: socket(AF_INET, SOCK_DGRAM, 0) = 3
            server: bind(3, *:{{port}}) = 0
            client: socket(AF_INET, SOCK_DGRAM, 0) = 3
            """;

    private static final String STREAM =
            """
            server: socket(AF_INET, SOCK_STREAM, 0) = 3
            server: bind(3, *:{{port}}) = 0
            server: listen(3, 5) = 0
            client: socket(AF_INET, SOCK_STREAM, 0) = 3
            client: connect(3, server:{{port}}) = 0
            server: accept(3) = 4
            """;

    private final LabRun run = LabRun.start(LAB, 7);

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
        assertThat(LabRun.replay(LAB, 7, run.inputs()).traceHash()).isEqualTo(run.traceHash());
    }

    private <E extends TraceEvent> List<E> told(Class<E> kind) {
        return run.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void input(String... lines) {
        for (String line : lines) run.input(run.parameters().fill(line));
    }

    /** The last packet that has entered a wire. */
    private int lastPacket() {
        return told(WireEntered.class).getLast().packet();
    }

    private void datagrams(int... lengths) {
        for (int length : lengths) {
            input("client: sendto(3, ..., " + length + ", 0, server:{{port}})");
        }
    }

    private void openDatagrams() {
        input(
                "server: socket(AF_INET, SOCK_DGRAM, 0)",
                "server: bind(3, *:{{port}})",
                "client: socket(AF_INET, SOCK_DGRAM, 0)");
    }

    private List<Integer> lengthsReceived() {
        return told(DatagramReceived.class).stream()
                .map(r ->
                        told(TraceEvent.DatagramSent.class).stream()
                                .filter(s -> s.packet() == r.packet())
                                .findFirst()
                                .map(TraceEvent.DatagramSent::length)
                                .orElse(0))
                .toList();
    }

    @Test
    void whatIsInTheAirCanBeTakenOutOfIt() {
        openDatagrams();
        datagrams(10, 20, 30);
        input("drop packet " + (lastPacket() - 1), "run");
        assertThat(lengthsReceived()).containsExactly(10, 30);
        FaultInjected fault = told(FaultInjected.class).getFirst();
        PacketDropped lost = told(PacketDropped.class).getFirst();
        assertThat(fault.fault()).isEqualTo("drop");
        assertThat(lost.stamp().cause()).isEqualTo(fault.stamp().seq());
    }

    @Test
    void aDuplicateComesRightBehindUnderANumberOfItsOwn() {
        script(
                DATAGRAMS
                        + """
                        duplicate(client)
                        client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                        client: sendto(3, ..., 20, 0, server:{{port}}) = 20
                        quiet()
                        server: recv(3, 100) = 10
                        server: recv(3, 100) = 10
                        server: recv(3, 100) = 20
                        """);
        assertThat(told(DatagramReceived.class))
                .extracting(DatagramReceived::packet)
                .doesNotHaveDuplicates();
    }

    @Test
    void reorderedMeansBehindSoManyOthers() {
        openDatagrams();
        datagrams(10, 20, 30, 40);
        input("reorder packet " + (lastPacket() - 3) + " 2", "run");
        assertThat(lengthsReceived()).containsExactly(20, 30, 10, 40);
    }

    @Test
    void oneThatNobodyOvertakesComesASecondLate() {
        openDatagrams();
        datagrams(10);
        input("reorder packet " + lastPacket() + " 2", "run 2s");
        assertThat(told(DatagramReceived.class).getFirst().stamp().at()).isEqualTo(1_010_000_000L);
    }

    @Test
    void aWrongBitIsFoundByTheChecksum() {
        openDatagrams();
        datagrams(10);
        input("corrupt packet " + lastPacket(), "run");
        assertThat(told(PacketDropped.class))
                .extracting(PacketDropped::reason)
                .containsExactly(DropReason.BAD_CHECKSUM);
    }

    @Test
    void whatWaitsForTheWireIsLostWhenItGetsThere() {
        openDatagrams();
        input("link client rate 100kbit");
        datagrams(1000, 1001, 1002);
        int second = told(TraceEvent.DatagramSent.class).get(1).packet();
        assertThat(run.input("drop packet " + second).text().orElse(""))
                .endsWith("as soon as it is on a wire.");
        input("run");
        assertThat(lengthsReceived()).containsExactly(1000, 1002);
    }

    @Test
    void toWhatIsLostAlreadyNothingElseHappens() {
        openDatagrams();
        input("link client rate 100kbit");
        datagrams(1000, 1001);
        int second = told(TraceEvent.DatagramSent.class).get(1).packet();
        input("delay packet " + second + " 10ms", "drop client", "run");
        assertThat(lengthsReceived()).containsExactly(1000);
        assertThat(told(FaultInjected.class))
                .extracting(FaultInjected::fault)
                .containsExactly("drop");
    }

    @Test
    void onACutCableEverythingIsLost() {
        openDatagrams();
        datagrams(10);
        input("cut client");
        datagrams(20);
        input("mend client");
        datagrams(30);
        input("run");
        assertThat(lengthsReceived()).containsExactly(30);
        assertThat(told(PacketDropped.class))
                .extracting(PacketDropped::reason)
                .containsExactly(DropReason.LINK_CUT, DropReason.LINK_CUT);
        assertThat(told(LinkChanged.class))
                .extracting(LinkChanged::cut)
                .containsExactly(true, true, false, false);
    }

    @Test
    void aLinkThatBecomesSlowKeepsWhatIsOnItAndItsOrder() {
        openDatagrams();
        input("link client delay 50ms");
        datagrams(10);
        input("link client out delay 1ms rate 8mbit");
        datagrams(20);
        input("run");
        assertThat(told(DatagramReceived.class))
                .extracting(e -> e.stamp().at())
                .containsExactly(50_000_000L, 50_000_000L);
    }

    @Test
    void aLinkThatLosesAllLosesAll() {
        openDatagrams();
        input("link client out loss 100%");
        datagrams(10, 20);
        input("run");
        assertThat(told(PacketDropped.class)).hasSize(2);
    }

    @Test
    void jitterDelaysAndDoesNotReorder() {
        openDatagrams();
        input("link client out jitter 30ms");
        datagrams(1, 2, 3, 4, 5, 6, 7, 8);
        input("run");
        assertThat(lengthsReceived()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(told(DatagramReceived.class))
                .extracting(e -> e.stamp().at())
                .anyMatch(at -> at > 10_000_000L)
                .allMatch(at -> at >= 10_000_000L && at < 40_000_000L);
    }

    @Test
    void aRateForALinkThatHadNoneLetsTheSenderGoOn() {
        script(
                STREAM
                        + """
                        link(client, "rate 1mbit")
                        client: send(3, ..., 60000, 0) = 60000
                        server: recv(4, ..., 60000, MSG_WAITALL) = 60000
                        link(client, "rate 0bit")
                        client: send(3, ..., 60000, 0) = 60000
                        server: recv(4, ..., 60000, MSG_WAITALL) = 60000
                        """);
    }

    /** RFC 9293 §3.5.1: the half-open connection is found when the other side sends. */
    @Test
    void whoComesBackFromACrashKnowsOfNothing() {
        script(
                STREAM
                        + """
                        quiet()
                        crash(server)
                        boot(server)
                        client: send(3, "hello", 5, 0) = 5
                        client: recv(3, 10) = -1 ECONNRESET
                        server: socket(AF_INET, SOCK_STREAM, 0) = 3
                        server: bind(3, *:{{port}}) = 0
                        """);
        assertThat(told(SegmentSent.class).getLast().flags()).contains("R");
    }

    @Test
    void aHostWithoutPowerSaysNothing() {
        script(
                STREAM
                        + """
                        quiet()
                        crash(server)
                        client: send(3, "hello", 5, 0) = 5
                        client: sleep(3)
                        """);
        assertThat(told(PacketDropped.class))
                .isNotEmpty()
                .allMatch(d -> d.reason() == DropReason.HOST_DOWN);
        assertThat(told(SegmentSent.class))
                .filteredOn(s -> s.stamp().host().equals("server"))
                .hasSize(1);
    }

    @Test
    void aCallInACrashNeverReturns() {
        input("server: socket(AF_INET, SOCK_DGRAM, 0)", "server: bind(3, *:{{port}})");
        input("server: recv(3, 100)", "crash server");
        assertThatThrownBy(() -> input("server: close(3)"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("gone with the power");
        for (String line : List.of("start server", "server: ss -tan")) {
            assertThatThrownBy(() -> input(line))
                    .hasMessageEndingWith(
                            "expected a host that is up; server is down (boot server)");
        }
        input("boot server", "server: socket(AF_INET, SOCK_DGRAM, 0)");
        assertThat(run.events().getLast())
                .isInstanceOfSatisfying(
                        TraceEvent.CallReturned.class, r -> assertThat(r.result()).isEqualTo(3));
    }

    @Test
    void programsThatStandStillAreWokenLater() {
        script(
                DATAGRAMS
                        + """
                        stall(server, 2)
                        client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                        server: recv(3, 100) = 10
                        """);
        assertThat(run.now()).isEqualTo(2_000_000_000L);
        assertThat(told(DatagramReceived.class).getFirst().stamp().at()).isEqualTo(10_000_000L);
    }

    @Test
    void callsFailByPlan() {
        script(
                STREAM
                        + """
                        client: send(3, "hello", 5, 0) = 5
                        quiet()
                        fail(server, recv, EINTR, "after 1 every 2")
                        server: recv(4, 1) = 1
                        server: recv(4, 1) = -1 EINTR
                        server: recv(4, 1) = 1
                        server: recv(4, 1) = -1 EINTR
                        quiet()
                        recover(server)
                        server: recv(4, 1) = 1
                        server: recv(4, 1) = 1
                        """);
        assertThat(told(FaultInjected.class)).extracting(FaultInjected::call).hasSize(2);
    }

    @Test
    void streamsMoveInPieces() {
        script(
                STREAM
                        + """
                        partial(client, send, 3)
                        partial(server, recv, 2, "every 1")
                        client: send(3, "hello", 5, 0) = 3
                        client: send(3, "lo", 2, 0) = 2
                        quiet()
                        server: recv(4, 100) = 2
                        server: recv(4, 100) = 2
                        server: recv(4, 100) = 1
                        """);
    }

    /** A datagram would lose what is not taken: that is another fault. */
    @Test
    void datagramsAreNotMovedInPieces() {
        script(
                DATAGRAMS
                        + """
                        partial(client, sendto, 3)
                        client: sendto(3, ..., 10, 0, server:{{port}}) = 10
                        server: recv(3, 100) = 10
                        """);
        assertThat(told(FaultInjected.class)).isEmpty();
    }

    @Test
    void aSlowReaderReadsLate() {
        script(
                STREAM
                        + """
                        slow(server, recv, 300ms)
                        client: send(3, "hello", 5, 0) = 5
                        server: recv(4, 3) = 3
                        server: recv(4, 3) = 2
                        """);
        assertThat(run.now()).isEqualTo(630_000_000L);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "drop packet 9        => console:1:13: expected a packet on its way; there has been no packet 9",
                "drop packet x        => console:1:13: expected a packet's number, found 'x'",
                "reorder client       => console:1:15: expected a host, and how many are to overtake its next frame: reorder client 2",
                "cut client eth7      => console:1:12: expected a network card of client, eth0, found 'eth7'",
                "cut sever            => console:1:5: expected a host, found 'sever'; did you mean 'server'?",
                "link client          => console:1:12: expected what is to be different: loss 10%, delay 50ms, jitter 5ms, rate 1mbit or queue 20",
                "link client loss 101% => console:1:18: expected which share is lost, 0% to 100%, found '101%'",
                "link client rate 5   => console:1:18: expected a rate, such as 500kbit or 10mbit, found '5'",
                "delay client 25h     => console:1:14: expected a day, 24h, at most, found '25h'",
                "boot client          => console:1:6: expected a host that is down; client is up",
                "stall server         => console:1:13: expected a host, and for how long its programs stand still: stall server 2s",
                "fail server recv     => console:1:17: expected a host, a call and what befalls it: fail server recv EINTR",
                "fail server rcv EINTR => console:1:13: expected a call, found 'rcv'; did you mean 'recv'?",
                "fail server recv EINT => console:1:18: expected an error such as EINTR or ENOBUFS, found 'EINT'; did you mean 'EINTR'?",
                "fail server recv EINTR before 2 => console:1:24: expected after 2, every 3 or the end of the line, found 'before'",
                "partial server recv 0 => console:1:21: expected how many octets it moves at most, found '0'",
            })
    void saysWhatCannotBeDone(String line, String message) {
        assertThatThrownBy(() -> run.input(line))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
        assertThat(run.inputs()).isEmpty();
    }
}
