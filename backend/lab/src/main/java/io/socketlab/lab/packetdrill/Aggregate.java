package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.TcpOption;
import java.util.List;

/**
 * One or more segments of the host, as the one that a network card would have cut them out of;
 * sequence numbers and timestamps as the script counts.
 *
 * @param at when the last of them was sent, virtual nanoseconds
 * @param seq of the first
 * @param length octets of text of all
 */
record Aggregate(
        long at,
        IpHeader ip,
        int flags,
        int seq,
        int ack,
        int window,
        int urgent,
        List<TcpOption> options,
        int length) {

    /** What may differ within one that was cut up: who closes it tells the end. */
    private static final int LAST_ONLY = TcpHeader.FIN | TcpHeader.PSH | TcpHeader.CWR;

    static Aggregate of(SeenPacket.Segment s, TrackedSocket socket) {
        TcpHeader h = s.header();
        boolean syn = h.has(TcpHeader.SYN);
        List<TcpOption> options =
                h.options().stream()
                        .map(option ->
                                option instanceof TcpOption.Sack(var blocks)
                                        ? new TcpOption.Sack(
                                                blocks.stream()
                                                        .map(b ->
                                                                new TcpOption.SackBlock(
                                                                        socket.remoteToScript(
                                                                                b.left(), syn),
                                                                        socket.remoteToScript(
                                                                                b.right(), syn)))
                                                        .toList())
                                        : option)
                        .toList();
        return new Aggregate(
                s.at(),
                s.ip(),
                h.flags(),
                socket.localToScript(h.seq(), syn),
                h.has(TcpHeader.ACK) ? socket.remoteToScript(h.ack(), syn) : 0,
                h.window(),
                h.urgentPointer(),
                options,
                s.length());
    }

    /** Whether {@code next} may be the rest of it. */
    boolean isContinuedBy(Aggregate next) {
        return next.seq == seq + length
                && (next.flags & ~LAST_ONLY) == (flags & ~LAST_ONLY)
                && next.ack == ack;
    }

    Aggregate with(Aggregate next) {
        return new Aggregate(
                next.at,
                next.ip,
                next.flags & ~TcpHeader.CWR | flags & TcpHeader.CWR,
                seq,
                next.ack,
                next.window,
                next.urgent,
                next.options,
                length + next.length);
    }
}
