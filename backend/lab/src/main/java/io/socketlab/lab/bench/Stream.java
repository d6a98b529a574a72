package io.socketlab.lab.bench;

import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;

/** The calls that the programs here make, with the arguments they make them with. */
final class Stream {

    static final Endpoint ANY = new Endpoint(Ipv4Address.ANY, Pair.SERVICE.port());

    private Stream() {}

    static Syscall.Socket socket() {
        return new Syscall.Socket(Syscall.Socket.AF_INET, Syscall.Socket.SOCK_STREAM, 0);
    }

    static Syscall.Recv recv(int fd, int count) {
        return new Syscall.Recv(fd, count, 0, false);
    }

    static Syscall.SetSockOpt set(int fd, SocketOption option, int value) {
        return new Syscall.SetSockOpt(fd, option, new OptionValue.Int(value));
    }
}
