package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Socket;

/** Makes sockets of the protocols that a host has. */
public interface SocketFactory {

    Socket stream(AddressFamily family);

    Socket datagram(AddressFamily family);

    /** SOCK_DGRAM with IPPROTO_ICMP or IPPROTO_ICMPV6. */
    Socket ping(AddressFamily family);
}
