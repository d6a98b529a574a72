package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlKind;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.SentControl;
import io.socketlab.kernel.socket.SocketControl;
import io.socketlab.kernel.socket.SocketOption.Level;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Octets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sendmsg(2) says of one datagram beside its data: it takes the place of the socket's own
 * options. Linux's ipcm_cookie and ipcm6_cookie. ip(7), ipv6(7), udp(7); ip_cmsg_send(),
 * ip6_datagram_send_ctl(), udp_cmsg_send().
 */
final class DatagramControl {

    /** That the socket's own option holds. */
    private static final int BY_SOCKET = -1;

    private static final int IN_PKTINFO = 12;
    private static final int IN6_PKTINFO = 20;
    private static final int OCTET = 0xFF;

    private final SocketControl socket;

    /** Whose rules count: those of the packet's family, not the socket's. */
    private final boolean byIpv6;

    private final boolean ofIpv6Socket;
    private int out = NetworkInterface.ANY;
    private @Nullable IpAddress source;
    private int ttl = BY_SOCKET;
    private int tos = BY_SOCKET;
    private int segmentSize = BY_SOCKET;
    private int dontFragment = BY_SOCKET;

    /**
     * @param byIpv6 it goes by IPv6
     */
    DatagramControl(SocketOptions options, boolean byIpv6) {
        this.socket = new SocketControl(options);
        this.byIpv6 = byIpv6;
        this.ofIpv6Socket = options.family() == AddressFamily.AF_INET6;
    }

    /**
     * Takes what a send of a datagram says; answers why it cannot.
     *
     * @param segments the protocol is UDP, which has messages of its own
     */
    @Nullable Errno take(List<SentControl> messages, boolean segments) {
        if (segments) {
            for (SentControl message : messages) {
                if (message.level() != Level.IPPROTO_UDP.number()) continue;
                if (!takeSegmentSize(message)) return Errno.EINVAL;
            }
        }
        for (SentControl message : messages) {
            Errno wrong = take(message);
            if (wrong != null) return wrong;
        }
        return null;
    }

    private boolean takeSegmentSize(SentControl message) {
        boolean known = message.type() == ControlKind.UDP_SEGMENT.type();
        if (!known || !message.hasLength(Short.BYTES)) return false;
        segmentSize = message.data()[0] & OCTET | (message.data()[1] & OCTET) << Byte.SIZE;
        return true;
    }

    private @Nullable Errno take(SentControl message) {
        int level = message.level();
        if (level == Level.SOL_SOCKET.number()) return socket.take(message);
        if (byIpv6) {
            boolean ours = level == Level.IPPROTO_IPV6.number();
            return !ours || takeIpv6(message) ? null : Errno.EINVAL;
        }
        if (ofIpv6Socket && message.kind().orElse(null) == ControlKind.IPV6_PKTINFO) {
            return takeMappedInfo(message) ? null : Errno.EINVAL;
        }
        boolean ours = level == Level.IPPROTO_IP.number();
        return !ours || takeIp(message) ? null : Errno.EINVAL;
    }

    private boolean takeIp(SentControl message) {
        ControlKind kind = message.kind().orElse(null);
        if (kind == null) return false;
        return switch (kind) {
            case IP_PKTINFO -> {
                if (!message.hasLength(IN_PKTINFO)) yield false;
                leaveBy(message.number());
                from(new Ipv4Address(Octets.getInt(message.data(), Integer.BYTES)));
                yield true;
            }
            case IP_TTL -> {
                if (!message.isNumber(1, OCTET)) yield false;
                ttl = message.number();
                yield true;
            }
            case IP_TOS -> {
                boolean octet = message.hasLength(Byte.BYTES);
                if (!octet && !message.isNumber(0, OCTET)) yield false;
                tos = message.data()[0] & OCTET;
                socket.priorityOfService(tos);
                yield true;
            }
            default -> false;
        };
    }

    private boolean takeIpv6(SentControl message) {
        ControlKind kind = message.kind().orElse(null);
        if (kind == null) return false;
        return switch (kind) {
            case IPV6_PKTINFO -> {
                if (message.data().length < IN6_PKTINFO) yield false;
                leaveBy(interfaceIndex(message));
                from(Ipv6Address.read(message.data(), 0));
                yield true;
            }
            case IPV6_HOPLIMIT -> {
                if (!message.isNumber(BY_SOCKET, OCTET)) yield false;
                ttl = message.number();
                yield true;
            }
            case IPV6_TCLASS -> {
                if (!message.isNumber(BY_SOCKET, OCTET)) yield false;
                tos = message.number() & OCTET; // as Linux: -1 is no default here
                yield true;
            }
            case IPV6_DONTFRAG -> {
                if (!message.isNumber(0, 1)) yield false;
                dontFragment = message.number();
                yield true;
            }
            default -> false;
        };
    }

    private boolean takeMappedInfo(SentControl message) {
        if (message.data().length < IN6_PKTINFO) return false;
        Ipv6Address address = Ipv6Address.read(message.data(), 0);
        if (!address.isMapped()) return false;
        leaveBy(interfaceIndex(message));
        from(address.unmapped().orElseThrow());
        return true;
    }

    private static int interfaceIndex(SentControl message) {
        return Integer.reverseBytes(Octets.getInt(message.data(), Ipv6Address.SIZE));
    }

    private void leaveBy(int index) {
        if (index != NetworkInterface.ANY) out = index;
    }

    private void from(IpAddress address) {
        if (!address.isAny()) source = address;
    }

    /** The interface it is to leave by; {@link NetworkInterface#ANY} where none is named. */
    int out() {
        return out;
    }

    /** The address it is to come from; null where none is named. */
    @Nullable IpAddress source() {
        return source;
    }

    /** TTL or hop limit; {@code bySocket} where none is named. */
    int ttl(int bySocket) {
        return named(ttl, bySocket);
    }

    /** TOS or traffic class, likewise. */
    int tos(int bySocket) {
        return named(tos, bySocket);
    }

    /** Octets of each of the datagrams that the data are cut into, likewise. */
    int segmentSize(int bySocket) {
        return named(segmentSize, bySocket);
    }

    /** IPV6_DONTFRAG, likewise. */
    boolean dontFragment(boolean bySocket) {
        return named(dontFragment, bySocket ? 1 : 0) != 0;
    }

    private static int named(int value, int bySocket) {
        return value == BY_SOCKET ? bySocket : value;
    }

    /** SO_PRIORITY. */
    int priority() {
        return socket.priority();
    }
}
