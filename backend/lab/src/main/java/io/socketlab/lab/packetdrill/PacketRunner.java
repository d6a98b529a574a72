package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.lab.packetdrill.TrackedSocket.Stage;
import io.socketlab.lab.script.WirePacket;
import io.socketlab.lab.script.WirePacket.IcmpPacket;
import io.socketlab.lab.script.WirePacket.TcpPacket;
import io.socketlab.lab.script.WirePacket.UdpPacket;

/** Puts the packets of a script on the wire, and waits for those it expects. */
final class PacketRunner {

    private static final String NO_SOCKET = "a socket that the packet is about";

    private final Settings settings;
    private final HostUnderTest host;
    private final Tracking tracking;

    PacketRunner(Settings settings, HostUnderTest host, Tracking tracking) {
        this.settings = settings;
        this.host = host;
        this.tracking = tracking;
    }

    void inject(WirePacket packet) {
        switch (packet) {
            case TcpPacket p ->
                    host.inject(segment(p), p.range().length() > settings.mss ? settings.mss : 0);
            case UdpPacket p -> host.inject(builder(underTest()).datagram(p), 0);
            case IcmpPacket p -> host.inject(builder(underTest()).message(p), 0);
        }
    }

    private PacketBuilder builder(TrackedSocket socket) {
        if (settings.anyIp && !socket.isTcp()) {
            socket.remoteIp = settings.remoteIp;
            socket.localIp = settings.localIp;
            if (socket.remotePort == 0) socket.remotePort = settings.connectPort;
            if (socket.localPort == 0) socket.localPort = settings.bindPort;
        }
        if (socket.localIp.isAny()) socket.localIp = settings.localIp;
        if (socket.remoteIp.isAny()) socket.remoteIp = settings.remoteIp;
        return new PacketBuilder(settings, socket);
    }

    private TrackedSocket underTest() {
        TrackedSocket socket = tracking.underTest();
        if (socket == null) throw new Mismatch(NO_SOCKET, "none");
        return socket;
    }

    private byte[] segment(TcpPacket p) {
        TrackedSocket current = tracking.underTest();
        int flags = PacketBuilder.flags(p.flags());
        boolean syn = (flags & TcpHeader.SYN) != 0;
        boolean ack = (flags & TcpHeader.ACK) != 0;
        TrackedSocket socket;
        if (current == null || current.stage == Stage.LISTENING) {
            socket = tracking.arrived(p.range().start());
        } else {
            socket = current;
        }
        if (socket.stage == Stage.SYN_ACK_SENT && ack) {
            socket.stage = Stage.SYN_ACK_ACKED;
        } else if (socket.stage == Stage.SYN_SENT && syn && ack) {
            socket.stage = Stage.CONNECTED;
            socket.remoteIsn(p.range().start());
        }
        return builder(socket).segment(p);
    }

    /**
     * @param deadline when to give up
     * @throws Mismatch if another packet comes, or none, or at the wrong time
     */
    void expect(WirePacket packet, Schedule schedule, long tolerance, long deadline) {
        TrackedSocket socket = underTest();
        long until = schedule.any() ? Long.MAX_VALUE - 1 : deadline;
        switch (packet) {
            case TcpPacket p -> expectSegment(p, socket, new Waiting(schedule, tolerance, until));
            case UdpPacket p -> {
                SeenPacket seen = next(socket, packet, until);
                boolean same =
                        seen instanceof SeenPacket.Datagram d
                                && d.length() == p.length()
                                && PacketComparison.sameIp(p.ip(), d.ip().tos(), d.ip().ttl());
                if (!same) throw new Mismatch(PacketText.of(packet), PacketText.of(seen));
                schedule.check("packet " + PacketText.of(packet), seen.at(), tolerance);
            }
            case IcmpPacket _ -> throw new Unsupported("ICMP packets sent by the host");
        }
    }

    private record Waiting(Schedule schedule, long tolerance, long until) {}

    private void expectSegment(TcpPacket p, TrackedSocket socket, Waiting waiting) {
        int flags = PacketBuilder.flags(p.flags());
        boolean syn = (flags & TcpHeader.SYN) != 0;
        boolean ack = (flags & TcpHeader.ACK) != 0;
        boolean isSynAck = syn && ack && socket.stage == Stage.SYN_RECEIVED;
        if (syn && !ack && socket.stage == Stage.CONNECTING) {
            socket.stage = Stage.SYN_SENT;
            socket.scriptLocalIsn(p.range().start());
        }
        if (isSynAck) socket.scriptLocalIsn(p.range().start());
        Aggregate found = null;
        do {
            SeenPacket seen = next(socket, p, waiting.until);
            if (!(seen instanceof SeenPacket.Segment segment)) {
                throw new Mismatch(PacketText.of(p), PacketText.of(seen));
            }
            if (isSynAck && socket.stage == Stage.SYN_RECEIVED) {
                socket.stage = Stage.SYN_ACK_SENT;
                socket.liveLocalIsn(segment.header().seq());
            }
            Aggregate part = Aggregate.of(segment, socket);
            if (found == null) found = part;
            else if (found.isContinuedBy(part)) found = found.with(part);
            else
                throw new Mismatch(
                        PacketText.of(p), PacketText.of(found) + ", then " + PacketText.of(part));
        } while (found.length() < p.range().length()
                && found.length() > 0
                && !settings.strictSegments);
        long stampTolerance =
                Math.max(
                        settings.tolerance,
                        (long) (settings.tolerancePercent / 100 * waiting.schedule.from()));
        new PacketComparison(settings, socket).compare(p, found, stampTolerance);
        waiting.schedule.check("packet " + PacketText.of(p), found.at(), waiting.tolerance);
    }

    /** The next packet of {@code socket}; others are passed over. */
    private SeenPacket next(TrackedSocket socket, WirePacket wanted, long until) {
        while (true) {
            SeenPacket seen = host.nextSeen();
            if (seen == null) {
                if (!host.step(until)) throw missing(wanted, until);
            } else if (!tracking.isOfAnother(seen, socket) && socket.owns(seen)) {
                return seen;
            }
        }
    }

    private Mismatch missing(WirePacket wanted, long until) {
        return new Mismatch(
                "packet " + PacketText.of(wanted),
                "no packet by " + Schedule.seconds(until) + " s");
    }
}
