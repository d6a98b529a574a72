/** Sockets as the system calls see them. */
@NullMarked
package io.socketlab.kernel.socket;

import org.jspecify.annotations.NullMarked;
