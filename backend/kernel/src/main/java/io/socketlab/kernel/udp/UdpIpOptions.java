package io.socketlab.kernel.udp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.sysctl.Sysctls;

/** The options of level IPPROTO_IP of a datagram socket. ip(7). */
final class UdpIpOptions {

    private final Sysctls sysctls;
    private boolean receivesErrors;

    /** -1 where the sysctl decides. */
    private int ttl = -1;

    private int tos;

    UdpIpOptions(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    /** IP_RECVERR. */
    boolean receivesErrors() {
        return receivesErrors;
    }

    int ttl() {
        return ttl == -1 ? sysctls.integer("net.ipv4.ip_default_ttl") : ttl;
    }

    int tos() {
        return tos;
    }

    Outcome<Integer> set(SocketOption option, OptionValue value) {
        if (!(value instanceof Int(int n))) return new Failed<>(Errno.EINVAL);
        switch (option) {
            case IP_RECVERR -> receivesErrors = n != 0;
            case IP_TTL -> {
                if (n != -1 && (n < 1 || n > 255)) return new Failed<>(Errno.EINVAL);
                ttl = n;
            }
            case IP_TOS -> tos = n & 0xFF;
            default -> {
                return new Failed<>(Errno.ENOPROTOOPT);
            }
        }
        return new Done<>(0);
    }

    Outcome<OptionValue> get(SocketOption option) {
        return switch (option) {
            case IP_RECVERR -> new Done<>(new Int(receivesErrors ? 1 : 0));
            case IP_TTL -> new Done<>(new Int(ttl()));
            case IP_TOS -> new Done<>(new Int(tos));
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }
}
