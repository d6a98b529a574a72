package io.socketlab.fuzz;

import static io.socketlab.kernel.wire.TcpHeader.ACK;
import static io.socketlab.kernel.wire.TcpHeader.FIN;
import static io.socketlab.kernel.wire.TcpHeader.SYN;
import static io.socketlab.kernel.wire.TcpHeader.URG;

import io.socketlab.kernel.wire.TcpOption;
import java.util.Arrays;

/**
 * The far end of one connection, as far as it has to be known to send what is nearly right: where
 * both ends are in the sequence space.
 */
final class Peer {

    private static final int ISS = 0x7FFF_F000; // soon to be negative
    private static final int MSS = 2;
    private static final int SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK = 5;
    private static final int TIMESTAMPS = 8;
    private static final int FAST_OPEN = 34;

    /** A stream's octets, twice over. */
    private static final byte[] OCTETS = octets();

    private final int address;
    private int port;
    private final int host;
    private int hostPort;

    /** What the host expects next, and up to where it has sent, as far as it has told. */
    private int hostRcvNxt = ISS;

    private int hostSndNxt;
    private int hostSndUna;
    private boolean timestamps;
    private int hostTimestamp;
    private int timestamp = 1000;
    private boolean alive;

    Peer(int address, int port, int host, int hostPort) {
        this.address = address;
        this.port = port;
        this.host = host;
        this.hostPort = hostPort;
    }

    boolean owns(SentSegment seen) {
        return alive && seen.header().srcPort() == hostPort && seen.header().dstPort() == port;
    }

    /** The host has opened a connection. */
    void calledBy(SentSegment syn) {
        port = syn.header().dstPort();
        hostPort = syn.header().srcPort();
        hostRcvNxt = ISS;
        hostSndUna = syn.header().seq();
        alive = true;
        heard(syn);
    }

    void heard(SentSegment seen) {
        if (seen.has(SYN)) {
            hostSndUna = seen.header().seq();
            hostSndNxt = seen.end();
        }
        if (seen.end() - hostSndNxt > 0) hostSndNxt = seen.end();
        if (seen.has(ACK)) hostRcvNxt = seen.header().ack();
        for (TcpOption option : seen.header().options()) {
            if (option instanceof TcpOption.Timestamps stamps) {
                timestamps = true;
                hostTimestamp = stamps.value();
            }
        }
    }

    /** A handshake as it should be. */
    void connectTo(Bombardment run) {
        run.inject(synPacket(ISS, 0x1F, 1460, 7));
        run.settle();
        hostSndUna = hostSndNxt;
        run.answer(this, ACK, 1000);
    }

    void syn(Bombardment run, Inputs in) {
        int shape = in.octet();
        int seq = (shape & 32) == 0 ? ISS : in.word();
        if ((shape & 64) != 0) port = 40_000 + in.octet();
        run.inject(synPacket(seq, shape, in.pick(1460, 0, 1, 88, 536, 65_535), in.octet() % 16));
        if ((shape & 128) == 0) return;
        run.settle();
        run.answer(this, ACK, in.pair());
    }

    private byte[] synPacket(int seq, int shape, int mss, int scale) {
        alive = true;
        var out = builder();
        out.seq = seq;
        out.flags = SYN | ((shape & 16) == 0 ? 0xC0 : 0);
        hostRcvNxt = seq + 1;
        if ((shape & 1) != 0) out.option(MSS, mss >> 8 & 0xFF, mss & 0xFF);
        if ((shape & 2) != 0) out.option(SACK_PERMITTED);
        if ((shape & 4) != 0) out.words(TIMESTAMPS, timestamp++, 0);
        if ((shape & 8) != 0) out.option(SCALE, scale);
        timestamps = false;
        return out.with(new byte[0]);
    }

    private SegmentBuilder builder() {
        var out = new SegmentBuilder(address, host);
        out.srcPort = port;
        out.dstPort = hostPort;
        return out;
    }

    /** A segment without text that is right in every way. */
    byte[] plain(int flags, int window) {
        var out = builder();
        out.flags = flags;
        out.seq = hostRcvNxt;
        out.ack = hostSndNxt;
        out.window = window;
        hostSndUna = hostSndNxt;
        if (timestamps) out.words(TIMESTAMPS, timestamp++, hostTimestamp);
        return out.with(new byte[0]);
    }

    /** A segment that is mostly right. */
    byte[] segment(Inputs in) {
        int shape = in.octet();
        var out = builder();
        out.flags = flags(shape & 7, in);
        out.seq = hostRcvNxt + ((shape & 8) == 0 ? 0 : distance(in));
        out.ack = acknowledgement(shape >> 4 & 3, in);
        out.window = in.pick(1000, 65_535, 0, 1, 10, 100, 3000, 20_000);
        int more = in.octet();
        out.tos = more & 3;
        int length = (more & 4) == 0 ? 0 : in.pick(1, 10, 100, 536, 1000, 1448, 1460, 5000, 30_000);
        if ((out.flags & URG) != 0) out.urgentPointer = in.pick(0, 1, 2, 100, 65_535);
        boolean stamped = timestamps != ((more & 8) != 0);
        if (stamped) {
            int back = (more & 16) == 0 ? 0 : distance(in);
            out.words(TIMESTAMPS, timestamp++ - back, hostTimestamp - ((more & 32) >> 5));
        }
        if ((shape & 64) != 0) sack(out, in);
        if ((shape & 128) != 0) oddOptions(out, in);
        return out.with(text(out.seq, length));
    }

    private static int flags(int choice, Inputs in) {
        return switch (choice) {
            case 0, 1, 2, 3 -> ACK;
            case 4 -> ACK | FIN;
            case 5 -> ACK | URG;
            case 6 -> in.octet() | (in.octet() & 1) << 8;
            default -> ACK | in.octet() & 0xC8;
        };
    }

    private static int distance(Inputs in) {
        int by = in.octet();
        int unit = in.pick(1, 1, 100, 536, 1448, 10_000, 0x0100_0000);
        return (byte) by * unit;
    }

    private int acknowledgement(int choice, Inputs in) {
        return switch (choice) {
            case 0 -> {
                hostSndUna = hostSndNxt;
                yield hostSndNxt;
            }
            case 1 -> hostSndUna;
            case 2 -> {
                int under = hostSndNxt - hostSndUna;
                int ack = hostSndUna + (int) ((long) under * in.octet() / 256);
                hostSndUna = ack;
                yield ack;
            }
            default -> hostSndNxt + distance(in);
        };
    }

    /** Blocks within what is under way, or not. */
    private void sack(SegmentBuilder out, Inputs in) {
        int count = 1 + in.octet() % 4;
        int[] edges = new int[2 * count];
        for (int i = 0; i < count; i++) {
            int from = in.octet();
            int under = Math.max(hostSndNxt - hostSndUna, 1);
            int left = hostSndUna + (int) ((long) under * from / 200);
            edges[2 * i] = left;
            edges[2 * i + 1] = left + in.pick(1448, 1, 100, 536, 2896, 5000, -1448, 100_000);
        }
        if ((in.octet() & 1) != 0) edges[1] = hostSndNxt;
        out.words(SACK, edges);
    }

    private static void oddOptions(SegmentBuilder out, Inputs in) {
        int count = in.octet() % 12;
        if (count == 11) out.option(FAST_OPEN, in.octet(), in.octet(), in.octet(), in.octet());
        else for (int i = 0; i < count; i++) out.raw(in.octet());
    }

    /** The octet of a stream at each sequence number is always the same. */
    private static byte[] text(int seq, int length) {
        int from = seq & OCTETS.length / 2 - 1;
        return Arrays.copyOfRange(OCTETS, from, from + length);
    }

    private static byte[] octets() {
        byte[] octets = new byte[1 << 17];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) ((i & 0xFFFF) * 0x9E37_79B9 >>> 13);
        }
        return octets;
    }
}
