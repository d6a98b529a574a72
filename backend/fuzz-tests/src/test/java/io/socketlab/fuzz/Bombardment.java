package io.socketlab.fuzz;

import static io.socketlab.kernel.wire.TcpHeader.ACK;
import static io.socketlab.kernel.wire.TcpHeader.SYN;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.host.Tun;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.tcp.Invariants;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.Arrays;
import java.util.List;

/**
 * One host, and a peer that sends it what the fuzzer's octets say: mostly segments that are nearly
 * right, so that they get past the first checks. Between any two steps the host's invariants hold,
 * and when the program has let go and the peer is silent, nothing is left and nothing goes on.
 */
final class Bombardment {

    private static final Ipv4Address HOST = new Ipv4Address(0x0A00_0001);
    private static final Ipv4Address PEER = new Ipv4Address(0x0A00_0002);
    private static final NetworkSpec SPEC =
            new NetworkSpec(1, List.of(HostSpec.linux("host", HOST, 24)), List.of());
    private static final long MS = 1_000_000;
    private static final int BRIEF = 24;
    private static final int LONG = 200;
    private static final int MAX_EVENTS_PER_STEP = 5_000;
    private static final int MAX_EVENTS_TO_THE_END = 50_000;

    private final Inputs in;
    private final Network network;
    private final Host host;
    private final Tun tun;
    private final Invariants invariants;
    private final Program program;
    private final Peer[] peers;
    private byte[] lastSent = new byte[0];
    private byte[] lastInjected = new byte[0];
    private final boolean thorough;
    private long traced;

    /**
     * A host of its own for these inputs.
     *
     * @param thorough to look after each event and not only after each step, at a host that traces
     *     if the inputs say so
     */
    private Bombardment(Inputs in, boolean thorough) {
        this.in = in;
        this.thorough = thorough;
        int world = in.octet();
        boolean traces = thorough && (world & 1) != 0;
        network = Network.build(SPEC, traces ? event -> traced++ : null);
        host = network.host("host");
        tun = network.tun("host", PEER, this::packet);
        invariants = host.tcpInvariants();
        settings(world, in.octet());
        program = new Program(host, in);
        program.begin();
        peers = new Peer[3];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = new Peer(PEER.bits(), 40_000 + i, HOST.bits(), Program.TCP_PORT);
        }
    }

    private void settings(int world, int more) {
        set((world & 2) != 0, "net.ipv4.tcp_sack", "0");
        set((world & 4) != 0, "net.ipv4.tcp_timestamps", "0");
        set((world & 8) != 0, "net.ipv4.tcp_window_scaling", "0");
        set((world & 16) != 0, "net.ipv4.tcp_congestion_control", "reno");
        set((world & 32) != 0, "net.ipv4.tcp_shrink_window", "1");
        set((world & 64) != 0, "net.ipv4.tcp_ecn", "1");
        set((world & 128) != 0, "net.ipv4.tcp_syncookies", "2");
        set((more & 1) != 0, "net.ipv4.tcp_mtu_probing", "2");
        set((more & 2) != 0, "net.ipv4.tcp_fastopen", "1027");
        set((more & 4) != 0, "net.ipv4.tcp_frto", "0");
        set((more & 8) != 0, "net.ipv4.tcp_abort_on_overflow", "1");
        set((more & 16) != 0, "net.ipv4.tcp_fin_timeout", "120");
    }

    private void set(boolean wanted, String name, String value) {
        if (wanted) host.sysctls().set(name, value);
    }

    /** A few steps, at the least cost. */
    static void brief(byte[] data) {
        new Bombardment(new Inputs(data), false).run(BRIEF);
    }

    /** Many steps, looked at closely. */
    static void thorough(byte[] data) {
        new Bombardment(new Inputs(data), true).run(LONG);
    }

    /** Octets as they are, with lengths in front, as packets. */
    static void raw(byte[] data) {
        var run = new Bombardment(new Inputs(new byte[] {1}), true);
        var in = new Inputs(data);
        for (int i = 0; in.hasMore() && i < 20; i++) {
            byte[] packet = new byte[in.octet()];
            for (int at = 0; at < packet.length; at++) packet[at] = (byte) in.octet();
            // most of the octets would otherwise be spent on being for this host at all
            if (packet.length >= Ipv4Header.SIZE) {
                packet[0] = (byte) (0x45 | packet[0] & 3);
                putWord(packet, 16, HOST.bits());
            }
            run.inject(packet);
            run.settle();
        }
        run.finish();
    }

    private static void putWord(byte[] octets, int at, int value) {
        for (int i = 0; i < 4; i++) octets[at + i] = (byte) (value >>> 24 - 8 * i);
    }

    private void run(int steps) {
        int opening = in.octet();
        if ((opening & 3) != 0) peers[0].connectTo(this);
        if ((opening & 4) != 0) peers[1].connectTo(this);
        if ((opening & 8) != 0) {
            program.connect(PEER);
            settle();
        }
        for (int i = 0; in.hasMore() && i < steps; i++) {
            step();
            settle();
        }
        finish();
    }

    private void step() {
        int what = in.octet();
        switch (what & 15) {
            case 0, 1, 2, 3, 4, 5 -> segment(peer());
            case 6 -> peer().syn(this, in);
            case 7, 8 -> pass();
            case 9 -> program.write();
            case 10 -> program.read();
            case 11 -> program.change();
            case 12 -> program.option();
            case 13 -> icmp();
            case 14 -> datagram();
            default -> again();
        }
    }

    private Peer peer() {
        int chosen = in.octet();
        Peer last = peers[2];
        // the host may have opened one itself
        return chosen % 4 == 3 ? last : peers[chosen % 4 % peers.length];
    }

    private void segment(Peer peer) {
        inject(peer.segment(in));
    }

    /** Time passes. */
    private void pass() {
        int choice = in.octet();
        if (choice % 4 == 0) {
            network.loop().runNext();
            return;
        }
        long step = in.pick(1, 10, 40, 100, 200, 1000, 5000, 60_000, 600_000) * MS / 10;
        runUntil(network.loop().now() + step);
    }

    private void runUntil(long at) {
        EventLoop loop = network.loop();
        int events = 0;
        while (loop.nextAt() <= at) {
            loop.runNext();
            if (thorough) check();
            if (++events > MAX_EVENTS_PER_STEP) throw new AssertionError("no end of events");
        }
        loop.runUntil(at);
    }

    /** Whatever is due at this instant happens. */
    void settle() {
        runUntil(network.loop().now());
        check();
    }

    private void check() {
        invariants.check();
    }

    /** What became of a packet of the host's, as a router or the peer tells. */
    private void icmp() {
        int[] types = {3, 3, 3, 4, 11, 12, 5, 8, 0};
        int type = in.pick(types);
        int code = in.octet() % 16;
        int rest = in.pick(0, 68, 296, 576, 1000, 1400, 65_535);
        int quoted = Math.min(lastSent.length, in.pick(28, 20, 8, 24, 60, 0));
        int length = IcmpMessage.SIZE + quoted;
        byte[] packet = new byte[Ipv4Header.SIZE + length];
        ip(packet, Ipv4Header.ICMP, 0, false);
        System.arraycopy(lastSent, 0, packet, Ipv4Header.SIZE + IcmpMessage.SIZE, quoted);
        new IcmpMessage(type, code, rest).writeTo(packet, Ipv4Header.SIZE, length);
        inject(packet);
    }

    private void datagram() {
        int kind = in.octet();
        int length = in.octet();
        byte[] packet = new byte[Ipv4Header.SIZE + UdpHeader.SIZE + length];
        int offset = (kind & 4) == 0 ? 0 : in.octet();
        ip(packet, in.pick(17, 17, 17, 6, 1, 132), offset, (kind & 8) != 0);
        int port = (kind & 1) == 0 ? Program.UDP_PORT : in.pair();
        int claimed = (kind & 2) == 0 ? UdpHeader.SIZE + length : in.pair();
        new UdpHeader(5353, port, Math.min(claimed, UdpHeader.SIZE + length))
                .writeTo(packet, Ipv4Header.SIZE, PEER, HOST);
        inject(packet);
    }

    private static void ip(byte[] packet, int protocol, int offset, boolean moreFollow) {
        new Ipv4Header(
                        Ipv4Header.SIZE,
                        0,
                        packet.length,
                        7,
                        false,
                        moreFollow,
                        offset * 8,
                        64,
                        protocol,
                        PEER.bits(),
                        HOST.bits())
                .writeTo(packet, 0);
    }

    /** The last packet again, whole or with an octet changed. */
    private void again() {
        byte[] packet = lastInjected.clone();
        if (packet.length == 0) return;
        int at = in.octet();
        if (at != 0) packet[at % packet.length] ^= (byte) in.octet();
        inject(packet);
    }

    void inject(byte[] packet) {
        lastInjected = packet;
        tun.inject(packet);
    }

    /** A packet comes out of the host. */
    private void packet(PacketBuffer buffer) {
        byte[] packet = Arrays.copyOfRange(buffer.octets(), buffer.start(), buffer.end());
        lastSent = packet;
        var seen = SentSegment.of(packet);
        if (seen == null) return;
        program.verify(seen);
        for (Peer peer : peers) {
            if (peer.owns(seen)) {
                peer.heard(seen);
                return;
            }
        }
        if (seen.has(SYN) && !seen.has(ACK)) peers[2].calledBy(seen);
    }

    void answer(Peer peer, int flags, int window) {
        inject(peer.plain(flags, window));
        settle();
    }

    /** The program lets go and the peer falls silent: all ends, in a bounded number of events. */
    void finish() {
        program.closeAll();
        EventLoop loop = network.loop();
        int events = 0;
        while (loop.runNext()) {
            if (thorough) check();
            if (++events > MAX_EVENTS_TO_THE_END) throw new AssertionError("it does not end");
        }
        check();
        if (invariants.alive() != 0) {
            throw new AssertionError(invariants.alive() + " connections are left");
        }
    }
}
