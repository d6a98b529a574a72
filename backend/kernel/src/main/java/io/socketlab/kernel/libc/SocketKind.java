package io.socketlab.kernel.libc;

import io.socketlab.kernel.syscall.Syscall;
import java.util.Arrays;
import java.util.List;

/**
 * A kind of socket that getaddrinfo(3) knows, in the order in which it lists them. glibc's
 * sysdeps/posix/getaddrinfo.c, gaih_inet_typeproto[].
 */
enum SocketKind {
    STREAM(Syscall.Socket.SOCK_STREAM, Syscall.Socket.IPPROTO_TCP, "tcp"),
    DATAGRAM(Syscall.Socket.SOCK_DGRAM, Syscall.Socket.IPPROTO_UDP, "udp"),
    /** Any protocol, and no services. */
    RAW(Syscall.Socket.SOCK_RAW, 0, "raw");

    private final int type;
    private final int protocol;
    private final String serviceProtocol;

    SocketKind(int type, int protocol, String serviceProtocol) {
        this.type = type;
        this.protocol = protocol;
        this.serviceProtocol = serviceProtocol;
    }

    /** Those that {@code hints} allow. */
    static List<SocketKind> matching(Hints hints) {
        return Arrays.stream(values()).filter(k -> k.matches(hints)).toList();
    }

    private boolean matches(Hints hints) {
        boolean sameType = hints.socketType() == 0 || hints.socketType() == type;
        boolean sameProtocol = hints.protocol() == 0 || this == RAW || hints.protocol() == protocol;
        return sameType && sameProtocol;
    }

    /** SOCK_STREAM and so on; any other number as it is. */
    static String typeText(int type) {
        return switch (type) {
            case Syscall.Socket.SOCK_STREAM -> "SOCK_STREAM";
            case Syscall.Socket.SOCK_DGRAM -> "SOCK_DGRAM";
            case Syscall.Socket.SOCK_RAW -> "SOCK_RAW";
            default -> Integer.toString(type);
        };
    }

    boolean hasServices() {
        return this != RAW;
    }

    /** As /etc/services has it. */
    String serviceProtocol() {
        return serviceProtocol;
    }

    int type() {
        return type;
    }

    int protocol(Hints hints) {
        return this == RAW ? hints.protocol() : protocol;
    }
}
