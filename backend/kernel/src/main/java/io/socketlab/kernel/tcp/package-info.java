/** Stream sockets: TCP as Linux does it. */
@NullMarked
package io.socketlab.kernel.tcp;

import org.jspecify.annotations.NullMarked;
