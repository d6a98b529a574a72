package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.ControlFlags;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.PortRange;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * The options of levels IPPROTO_IP and IPPROTO_IPV6 of a stream socket. ip(7), ipv6(7),
 * net/ipv4/ip_sockglue.c.
 */
final class TcpIpOptions {

    private final TcpSocket socket;

    TcpIpOptions(TcpSocket socket) {
        this.socket = socket;
    }

    private SocketSettings settings() {
        return socket.settings();
    }

    private boolean isOfOtherFamily(SocketOption option) {
        return option.level() == SocketOption.Level.IPPROTO_IPV6 && settings().ipv6 == null;
    }

    Outcome<Integer> set(SocketOption option, OptionValue value) {
        if (isOfOtherFamily(option)) return new Failed<>(Errno.ENOPROTOOPT);
        Errno refusal =
                switch (option) {
                    case IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP -> Errno.EPROTO;
                    case IP_MULTICAST_IF, IP_MULTICAST_TTL -> Errno.EINVAL;
                    default -> null;
                };
        if (refusal != null) return new Failed<>(refusal); // a stream has one peer
        if (!(value instanceof Int(int n))) return new Failed<>(Errno.EINVAL);
        if (ControlFlags.cover(option)) {
            settings().controlFlags = settings().controlFlags.with(option, n != 0);
            return new Done<>(0);
        }
        Ipv6Options ipv6 = settings().ipv6;
        if (option.level() == SocketOption.Level.IPPROTO_IPV6 && ipv6 != null) {
            return setIpv6(ipv6, option, value);
        }
        Errno failure = setIp(option, n);
        return failure == null ? new Done<>(0) : new Failed<>(failure);
    }

    private @Nullable Errno setIp(SocketOption option, int n) {
        SocketSettings s = settings();
        switch (option) {
            case IP_TOS -> {
                int tos = n & 0xFF & ~3;
                if (tos != s.tos) s.base.priorityOfService(tos);
                s.tos = (short) tos;
            }
            case IP_TTL -> {
                if (n != -1 && (n < 1 || n > 255)) return Errno.EINVAL;
                s.ttl = (short) (n == -1 ? socket.layer().tunables().ttl : n);
            }
            case IP_MTU_DISCOVER -> {
                if (n < 0 || n > 5) return Errno.EINVAL;
                s.mtuDiscover = (byte) n;
            }
            case IP_RECVERR -> {
                s.recvErr = n != 0;
                if (n == 0) s.base.errorQueue().clear();
            }
            case IP_MINTTL -> {
                if (n < 0 || n > 255) return Errno.EINVAL;
                s.minTtl = (short) n;
            }
            case IP_LOCAL_PORT_RANGE -> {
                if (!PortRange.isValid(n)) return Errno.EINVAL;
                s.localPortRange = n;
            }
            case IP_FREEBIND -> s.freeBind = n != 0;
            case IP_MULTICAST_LOOP -> s.multicastLoop = n != 0;
            case IP_MULTICAST_ALL -> {
                if (n < 0 || n > 1) return Errno.EINVAL;
                s.multicastAll = n != 0;
            }
            case IP_BIND_ADDRESS_NO_PORT -> s.bindsNoPort = n != 0;
            case IP_TRANSPARENT -> {
                return n == 0 ? null : Errno.EPERM; // it takes CAP_NET_RAW
            }
            case IP_RECVERR_RFC4884 -> {
                if (n < 0 || n > 1) return Errno.EINVAL;
                s.tellsExtensions = n != 0;
            }
            default -> {
                return Errno.ENOPROTOOPT;
            }
        }
        return null;
    }

    private Outcome<Integer> setIpv6(Ipv6Options ipv6, SocketOption option, OptionValue value) {
        Outcome<Integer> outcome = ipv6.set(option, value, socket.isBound(), true);
        if (option == SocketOption.IPV6_RECVERR && !ipv6.receivesErrors()) {
            settings().base.errorQueue().clear();
        }
        return outcome;
    }

    Outcome<OptionValue> get(SocketOption option) {
        if (isOfOtherFamily(option)) return new Failed<>(Errno.ENOPROTOOPT);
        SocketSettings s = settings();
        if (ControlFlags.cover(option)) return number(s.controlFlags.has(option) ? 1 : 0);
        Connection c = socket.connection();
        if (option.level() == SocketOption.Level.IPPROTO_IPV6 && s.ipv6 != null) {
            return s.ipv6.get(option, c == null ? 0 : c.pathMtu.ofRoute());
        }
        return switch (option) {
            case IP_TOS -> number(s.tos);
            case IP_TTL -> number(s.ttl);
            case IP_MTU_DISCOVER -> number(s.mtuDiscover);
            case IP_RECVERR -> number(s.recvErr ? 1 : 0);
            case IP_MINTTL -> number(s.minTtl);
            case IP_LOCAL_PORT_RANGE -> number(s.localPortRange);
            case IP_FREEBIND -> number(s.freeBind ? 1 : 0);
            case IP_MULTICAST_IF -> new Done<>(OptionValue.inAddr(Ipv4Address.ANY));
            case IP_MULTICAST_TTL -> number(s.multicastTtl);
            case IP_MULTICAST_LOOP -> number(s.multicastLoop ? 1 : 0);
            case IP_MULTICAST_ALL -> number(s.multicastAll ? 1 : 0);
            case IP_BIND_ADDRESS_NO_PORT -> number(s.bindsNoPort ? 1 : 0);
            case IP_TRANSPARENT -> number(0);
            case IP_RECVERR_RFC4884 -> number(s.tellsExtensions ? 1 : 0);
            case IP_MTU -> c == null ? new Failed<>(Errno.ENOTCONN) : number(c.pathMtu.ofRoute());
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private static Outcome<OptionValue> number(int n) {
        return new Done<>(new Int(n));
    }
}
