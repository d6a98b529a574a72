package io.socketlab.kernel.tcp;

/**
 * What the calls know of a socket, which is not what its connection is in: struct socket's state.
 * It changes when a call has seen what became of the connection, and not before: a socket whose
 * peer has reset it is still connected, and connect(2) says so. net/ipv4/af_inet.c.
 */
enum SocketState {
    UNCONNECTED,
    /** connect(2) has begun, and no call has told its end. */
    CONNECTING,
    CONNECTED,
    /** shutdown(2) has given up a connect(2); nothing but connect(2) to AF_UNSPEC helps. */
    DISCONNECTING
}
