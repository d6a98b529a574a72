/** Packet buffers, NICs with their rings, and the links between hosts. */
@NullMarked
package io.socketlab.kernel.link;

import org.jspecify.annotations.NullMarked;
