/** How much may be in flight: algorithms that can be exchanged. */
@NullMarked
package io.socketlab.kernel.tcp.congestion;

import org.jspecify.annotations.NullMarked;
