package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Socket;

/** Makes sockets of the protocols that a host has. */
public interface SocketFactory {

    Socket stream(AddressFamily family);

    Socket datagram(AddressFamily family);
}
