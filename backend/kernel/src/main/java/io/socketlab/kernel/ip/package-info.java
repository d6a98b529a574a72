/** The network layer: input, output, routes, ICMP. */
@NullMarked
package io.socketlab.kernel.ip;

import org.jspecify.annotations.NullMarked;
