package io.socketlab.kernel.udp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketOption;

/** The options of level IPPROTO_UDP. udp(7), net/ipv4/udp.c, udp_lib_setsockopt(). */
final class UdpOptions {

    private static final int MAX_SEGMENT = 0xFFFF;

    private boolean corked;
    private int segmentSize;
    private boolean takesJoined;

    /** UDP_CORK: what is sent is kept back, to become one datagram. */
    boolean isCorked() {
        return corked;
    }

    /** UDP_SEGMENT: octets of data in each of the datagrams that one send makes; 0 for one. */
    int segmentSize() {
        return segmentSize;
    }

    /** UDP_GRO: datagrams that the network card has joined are read as one. */
    boolean takesJoined() {
        return takesJoined;
    }

    Outcome<Integer> set(SocketOption option, OptionValue value) {
        if (!(value instanceof Int(int n))) return new Failed<>(Errno.EINVAL);
        switch (option) {
            case UDP_CORK -> corked = n != 0;
            case UDP_GRO -> takesJoined = n != 0;
            case UDP_SEGMENT -> {
                if (n < 0 || n > MAX_SEGMENT) return new Failed<>(Errno.EINVAL);
                segmentSize = n;
            }
            default -> {
                return new Failed<>(Errno.ENOPROTOOPT);
            }
        }
        return new Done<>(0);
    }

    Outcome<OptionValue> get(SocketOption option) {
        return switch (option) {
            case UDP_CORK -> new Done<>(new Int(corked ? 1 : 0));
            case UDP_SEGMENT -> new Done<>(new Int(segmentSize));
            case UDP_GRO -> new Done<>(new Int(takesJoined ? 1 : 0));
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }
}
