/** Addresses and headers, and their octets on the wire. */
@NullMarked
package io.socketlab.kernel.wire;

import org.jspecify.annotations.NullMarked;
