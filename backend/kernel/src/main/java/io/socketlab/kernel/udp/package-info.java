/** Datagram sockets. RFC 768. */
@NullMarked
package io.socketlab.kernel.udp;

import org.jspecify.annotations.NullMarked;
