package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.lab.packetdrill.TrackedSocket.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a script, the one that its packets are about, and which descriptor each of its
 * numbers stands for.
 */
final class Tracking {

    private static final int FIRST_PORT = 40_001;

    private final Settings settings;
    private final List<TrackedSocket> sockets = new ArrayList<>();
    private final Map<Integer, Integer> descriptors = new LinkedHashMap<>();
    private @Nullable TrackedSocket underTest;
    private int nextPort = FIRST_PORT;

    Tracking(Settings settings) {
        this.settings = settings;
    }

    /** The socket that the packets of the script are about; null before there is one. */
    @Nullable TrackedSocket underTest() {
        return underTest;
    }

    /**
     * The descriptor that {@code script} stands for; the number itself where it stands for none.
     */
    int descriptor(int script) {
        return descriptors.getOrDefault(script, script);
    }

    void name(int script, int descriptor) {
        descriptors.put(script, descriptor);
    }

    /** socket(2) has given {@code fd}. */
    void opened(int fd, int protocol) {
        underTest = new TrackedSocket(protocol, Stage.NEW, fd);
        sockets.add(underTest);
    }

    @Nullable TrackedSocket find(int fd) {
        for (int i = sockets.size() - 1; i >= 0; i--) {
            if (sockets.get(i).fd == fd) return sockets.get(i);
        }
        return null;
    }

    void closed(int fd) {
        descriptors.values().removeIf(d -> d == fd);
    }

    void listening(int fd) {
        TrackedSocket socket = find(fd);
        if (socket != null) socket.stage = Stage.LISTENING;
    }

    /** A call is about to send to the peer from a socket that has sent nothing yet. */
    void connecting(int fd) {
        TrackedSocket socket = find(fd);
        if (socket == null || socket.stage != Stage.NEW) return;
        socket.stage = Stage.CONNECTING;
        socket.remoteIp = settings.remoteIp;
        socket.remotePort = settings.connectPort;
    }

    /** connect(2) to AF_UNSPEC. */
    void disconnected(int fd) {
        TrackedSocket socket = find(fd);
        if (socket != null) socket.stage = Stage.NEW;
    }

    /**
     * accept(2) has given {@code fd}.
     *
     * @throws Mismatch if that is not the newest connection
     */
    void accepted(int fd, int remotePort) {
        for (int i = sockets.size() - 1; i >= 0; i--) {
            TrackedSocket socket = sockets.get(i);
            if ((socket.stage == Stage.SYN_ACK_SENT || socket.stage == Stage.SYN_ACK_ACKED)
                    && socket.remotePort == remotePort) {
                socket.fd = fd;
                return;
            }
        }
        throw new Mismatch(
                "accept() to give a connection of this script", "one from port " + remotePort);
    }

    /** Whether {@code packet} goes on with a connection other than that of {@code socket}. */
    boolean isOfAnother(SeenPacket packet, TrackedSocket socket) {
        if (!(packet instanceof SeenPacket.Segment segment)) return false;
        for (TrackedSocket other : sockets) {
            if (other != socket && other.hasSent(segment) && !socket.hasSent(segment)) return true;
        }
        return false;
    }

    /** A SYN, or anything else that no socket waits for, comes in: a new connection. */
    TrackedSocket arrived(long seq) {
        var socket = new TrackedSocket(Ipv4Header.TCP, Stage.SYN_RECEIVED, -1);
        socket.localIp = settings.localIp;
        socket.localPort = settings.bindPort;
        socket.remoteIp = settings.remoteIp;
        socket.remotePort = nextPort++;
        socket.remoteIsn(seq);
        sockets.add(socket);
        underTest = socket;
        return socket;
    }
}
