package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.QdiscReader;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent.DatagramSent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.QdiscQueued;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.trace.TraceEvent.TxQueued;
import io.socketlab.kernel.trace.TraceEvent.WireEntered;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waits where between a socket and the wire, on links whose sender has to wait. */
class TransmitPathScenarioTest {

    private static final long MBIT = 1_000_000;
    private static final int MESSAGE_DONTWAIT = 0x40;

    /** A receiver that takes it all. */
    private static final Map<String, String> LARGE_WINDOW =
            Map.of("net.ipv4.tcp_rmem", "4096 8000000 16000000");

    private TwoHosts net = new TwoHosts(1, LARGE_WINDOW, TwoHosts.link(10 * MBIT, 0));

    private void qdisc(String text) {
        net.client.nic().qdisc(QdiscReader.read(List.of(text.split(" ")), new Chance(1)));
    }

    private void tune(String sysctl, String value) {
        net.client.sysctls().set(sysctl, value);
    }

    /** A connection: the client's descriptor is 3, the server's 4. */
    private void connected() {
        int listener = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(listener, at(Ipv4Address.ANY, 80))).value();
        net.call(net.server, new Syscall.Listen(listener, 5)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        net.call(net.server, new Syscall.Accept(listener, 0)).value();
        net.events.clear();
    }

    private TwoHosts.Answer<Integer> send(int fd, int octets) {
        return net.call(net.client, new Syscall.Send(fd, new byte[octets], 0, Optional.empty()));
    }

    private TwoHosts.Answer<Integer> sendTo(int fd, int octets, int flags) {
        return net.call(
                net.client,
                new Syscall.Send(fd, new byte[octets], flags, Optional.of(at(SERVER, 80))));
    }

    private void option(int fd, SocketOption option, int value) {
        net.call(net.client, new Syscall.SetSockOpt(fd, option, new OptionValue.Int(value)))
                .value();
    }

    private List<SegmentSent> sent() {
        return net.events(SegmentSent.class).stream()
                .filter(e -> e.stamp().host().equals("client") && e.length() > 0)
                .toList();
    }

    private int mostInQdisc() {
        return net.events(QdiscQueued.class).stream().mapToInt(QdiscQueued::length).max().orElse(0);
    }

    /** The sockets whose datagrams went to the wire, in that order. */
    private List<Integer> socketsOnTheWire() {
        var socketOf = new HashMap<Integer, Integer>();
        var order = new ArrayList<Integer>();
        for (var event : net.events) {
            if (event instanceof DatagramSent d) socketOf.put(d.packet(), d.socket());
            if (event instanceof WireEntered w && socketOf.containsKey(w.packet()))
                order.add(socketOf.get(w.packet()));
        }
        return order;
    }

    /** tcp_small_queue_check(): about a millisecond of the pacing rate, or two records. */
    @Test
    void aConnectionKeepsItsOwnQueueShort() {
        connected();
        send(3, 1_000_000);
        net.runFor(1_000 * MS);
        int limited = mostInQdisc();
        assertThat(net.events(PacketDropped.class)).isEmpty();
        long octets = sent().stream().mapToLong(SegmentSent::length).sum();
        // the wire is never idle for it: 10 Mbit/s less headers, less the first round trips
        assertThat(octets).isGreaterThan(850_000);
        assertThat(limited).isLessThan(20);
    }

    /** What waits at a router's queue has left the host: nothing here makes that shorter. */
    @Test
    void aQueueOnThePathIsNoConcernOfIt() {
        net = new TwoHosts(1, LARGE_WINDOW, TwoHosts.link(10 * MBIT, 20));
        connected();
        send(3, 1_000_000);
        net.runFor(1_000 * MS);
        assertThat(mostInQdisc()).isZero();
        assertThat(net.events(PacketDropped.class))
                .isNotEmpty()
                .allMatch(e -> e.reason() == DropReason.LINK_QUEUE_FULL);
    }

    /** tcp_should_autocork(): small writes are joined while an earlier one is still here. */
    @Test
    void smallWritesAreJoinedWhileOneIsOnItsWayOut() {
        connected();
        option(3, SocketOption.TCP_NODELAY, 1);
        for (int i = 0; i < 50; i++) send(3, 100);
        net.runFor(500 * MS);
        assertThat(sent()).hasSizeLessThan(10);
        assertThat(sent().stream().mapToInt(SegmentSent::length).sum()).isEqualTo(5_000);
        assertThat(net.client.counters()).containsEntry("TcpExtTCPAutoCorking", 1L);
    }

    @Test
    void withoutAutocorkingTwoSmallWritesAreTwoSegments() {
        tune("net.ipv4.tcp_autocorking", "0");
        connected();
        option(3, SocketOption.TCP_NODELAY, 1);
        for (int i = 0; i < 3; i++) send(3, 100);
        // the third is held by tcp_small_queue_check(): two records wait already
        assertThat(sent()).hasSize(2);
        assertThat(net.client.counters()).containsEntry("TcpExtTCPAutoCorking", 0L);
    }

    /** lib/dynamic_queue_limits.c: the ring gets what keeps the wire busy, the qdisc the rest. */
    @Test
    void theRingIsGivenLittleAndTheRestWaitsInTheQdisc() {
        int fd = net.udp(net.client);
        for (int i = 0; i < 60; i++) sendTo(fd, 1_000, 0);
        int inRing = net.events(TxQueued.class).stream().mapToInt(TxQueued::used).max().orElse(0);
        assertThat(inRing).isEqualTo(1);
        assertThat(mostInQdisc()).isGreaterThan(50);
        net.runFor(500 * MS);
        assertThat(net.events(PacketDropped.class).stream().map(PacketDropped::reason))
                .doesNotContain(DropReason.QDISC_FULL);
        assertThat(net.client.nic().qdisc().length()).isZero();
    }

    /** sock_alloc_send_pskb(): SO_SNDBUF is the memory of what has not left the host. */
    @Test
    void aDatagramSocketWaitsForTheWire() {
        int fd = net.udp(net.client);
        option(fd, SocketOption.SO_SNDBUF, 4_608);
        // 2304 octets of memory each, of twice what was asked for
        for (int i = 0; i < 4; i++) sendTo(fd, 1_000, 0);
        assertThat(sendTo(fd, 1_000, MESSAGE_DONTWAIT).errno().orElseThrow().name())
                .isEqualTo("EAGAIN");
        var waiting = sendTo(fd, 1_000, 0);
        assertThat(waiting.text()).isEqualTo("waiting");
        net.runFor(100 * MS);
        assertThat(waiting.value()).isEqualTo(1_000);
    }

    /** tc-bfifo(8): what is more than the limit is refused. */
    @Test
    void aFullFifoRefusesWhatComesLast() {
        qdisc("pfifo limit 5");
        int fd = net.udp(net.client);
        for (int i = 0; i < 20; i++) sendTo(fd, 1_000, 0);
        // one on the wire, one in the ring, as much as it may be given at first
        assertThat(net.events(PacketDropped.class)).hasSize(14);
    }

    /** tc-pfifo_fast(8): the band of minimum delay goes before the others. */
    @Test
    void aHigherBandGoesFirst() {
        int bulk = net.udp(net.client);
        int urgent = net.udp(net.client);
        option(urgent, SocketOption.IP_TOS, 0x10);
        for (int i = 0; i < 20; i++) sendTo(bulk, 1_000, 0);
        sendTo(urgent, 100, 0);
        net.runFor(100 * MS);
        assertThat(socketsOnTheWire().indexOf(2)).isLessThan(3);
    }

    /** tc-fq(8): flows take turns, whoever came first. */
    @Test
    void fqGivesEachFlowItsTurn() {
        qdisc("fq quantum 1514 initial_quantum 1514");
        int bulk = net.udp(net.client);
        int late = net.udp(net.client);
        for (int i = 0; i < 30; i++) sendTo(bulk, 1_000, 0);
        for (int i = 0; i < 5; i++) sendTo(late, 1_000, 0);
        net.runFor(200 * MS);
        // eight go past the flows while those are empty; from then on it is one for one
        assertThat(socketsOnTheWire().lastIndexOf(2)).isBetween(12, 20);
    }

    /** SO_MAX_PACING_RATE of a datagram socket is heeded by fq alone. */
    @Test
    void fqHoldsADatagramSocketToItsRate() {
        qdisc("fq");
        int fd = net.udp(net.client);
        option(fd, SocketOption.SO_MAX_PACING_RATE, 50_000);
        for (int i = 0; i < 10; i++) sendTo(fd, 1_000 - 42, 0);
        net.runFor(1_000 * MS);
        var times =
                net.events(WireEntered.class).stream()
                        .filter(e -> e.stamp().host().equals("client"))
                        .map(e -> e.stamp().at() / MS)
                        .toList();
        // 50,000 octets a second are below the rate at which bursts are allowed
        assertThat(times).containsExactly(0L, 20L, 40L, 60L, 80L, 100L, 120L, 140L, 160L, 180L);
    }

    /** sch_fq.c and tcp_update_skb_after_send(): a window is spread over the round trip. */
    @Test
    void fqSpreadsAWindowOut() {
        net = new TwoHosts(1, Map.of("net.ipv4.tcp_min_tso_segs", "1"), TwoHosts.link(0, 0));
        qdisc("fq");
        connected();
        send(3, 60_000);
        net.runFor(1_000 * MS);
        var times = sent().stream().map(e -> e.stamp().at()).distinct().toList();
        assertThat(net.events(QdiscQueued.class))
                .isNotEmpty()
                .allMatch(e -> e.qdisc().equals("fq") && e.stamp().rule() != null);
        assertThat(times).hasSizeGreaterThan(3);
        assertThat(net.events(PacketDropped.class)).isEmpty();
    }
}
