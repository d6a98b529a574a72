/** The server's own compiler for C programs, where it has one. */
@NullMarked
package io.socketlab.server.compile;

import org.jspecify.annotations.NullMarked;
