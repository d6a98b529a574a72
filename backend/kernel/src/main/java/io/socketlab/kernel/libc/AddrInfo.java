package io.socketlab.kernel.libc;

import io.socketlab.kernel.wire.Endpoint;

/**
 * One of the addresses that getaddrinfo(3) finds, for socket(2), and connect(2) or bind(2).
 *
 * @param socketType SOCK_STREAM and so on
 * @param protocol IPPROTO_TCP and so on
 */
public record AddrInfo(int socketType, int protocol, Endpoint address) {}
