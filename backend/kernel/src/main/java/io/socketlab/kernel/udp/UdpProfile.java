package io.socketlab.kernel.udp;

import io.socketlab.kernel.socket.PortSharing;

/**
 * What differs from kernel to kernel in UDP.
 *
 * @param truncationIsError a receive of a datagram that does not fit the buffer fails, as a course
 *     states it; Linux and the BSDs cut it off
 */
public record UdpProfile(boolean truncationIsError, PortSharing sharing) {}
