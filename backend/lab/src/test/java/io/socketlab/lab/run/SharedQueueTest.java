package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.PacketMarked;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two flows through a router whose link to the server is the bottleneck, and share its queue. */
class SharedQueueTest {

    private static final String TOPOLOGY =
            """
            hosts: {client: {count: 2}, router: {forwarding: true}, server: {}}
            lans:
              office: {hosts: [client, router], rate: 100mbit, delay: 1ms}
            links:
              - {a: router, b: server, rate: 5mbit, delay: 10ms, QUEUE}
            """;

    private static final String TRANSFER =
            """
            server: socket(AF_INET, SOCK_STREAM, 0) = 3
            server: setsockopt(3, SOL_SOCKET, SO_RCVBUF, [1000000], 4) = 0
            server: bind(3, *:80) = 0
            server: listen(3, 5) = 0
            client1: socket(AF_INET, SOCK_STREAM, 0) = 3
            client2: socket(AF_INET, SOCK_STREAM, 0) = 3
            client1: connect(3, server:80) = 0
            client2: connect(3, server:80) = 0
            server: accept(3, ..., ...) = 4
            server: accept(3, ..., ...) = 5
            client1: write(3, ..., 300000) = 300000
            client2: write(3, ..., 300000) = 300000
            """;

    private static LabRun transfer(String queue, String before) {
        LabRun run = LabRun.start(TwoHosts.labOf(TOPOLOGY.replace("QUEUE", queue)), 7);
        String script = before + TRANSFER;
        assertThat(ScriptRunner.run(run, Source.of("shared.pkt", script)).differences()).isEmpty();
        run.input("run 20s");
        assertThat(run.input("server: ss -tnH").text().orElseThrow().lines())
                .as("all of both has come")
                .allMatch(l -> l.startsWith("ESTAB 300000 "));
        return run;
    }

    private static <E extends TraceEvent> List<E> events(LabRun run, Class<E> type) {
        return run.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<DropReason> drops(LabRun run) {
        return events(run, PacketDropped.class).stream().map(PacketDropped::reason).toList();
    }

    /** Drop tail: what is more than the queue holds is lost, whosever it is. */
    @Test
    void aFullQueueDropsWhateverComes() {
        LabRun run = transfer("queue: 15pkt", "");
        assertThat(drops(run)).isNotEmpty().containsOnly(DropReason.LINK_QUEUE_FULL);
        assertThat(run.input("router: ip -s link show eth1").text().orElseThrow())
                .contains(" " + drops(run).size() + " ");
    }

    /** Floyd, Jacobson 1993; tc-red(8): packets are dropped while there is room. */
    @Test
    void redDropsBeforeTheQueueIsFull() {
        LabRun run =
                transfer("qdisc: {router: red limit 200000 min 5000 max 20000 avpkt 1000}", "");
        assertThat(drops(run)).isNotEmpty().containsOnly(DropReason.QDISC_EARLY);
        assertThat(events(run, PacketMarked.class)).isEmpty();
    }

    /** RFC 3168: who understands it is told by a mark, and nothing is lost. */
    @Test
    void redMarksWhatCanBeMarked() {
        String ecn =
                """
                client1: sysctl -w net.ipv4.tcp_ecn=1
                client2: sysctl -w net.ipv4.tcp_ecn=1
                server: sysctl -w net.ipv4.tcp_ecn=1
                """;
        LabRun run =
                transfer(
                        "qdisc: {router: red limit 200000 min 5000 max 40000 avpkt 1000 ecn}", ecn);
        assertThat(events(run, PacketMarked.class)).isNotEmpty();
        assertThat(drops(run)).isEmpty();
        assertThat(run.input("client1: ss -tnioH").text().orElseThrow()).contains(" ecn ");
    }

    @Test
    void chanceIsTheRunsOwn() {
        String red = "qdisc: {router: red limit 200000 min 5000 max 20000 avpkt 1000}";
        assertThat(transfer(red, "").traceHash()).isEqualTo(transfer(red, "").traceHash());
    }
}
