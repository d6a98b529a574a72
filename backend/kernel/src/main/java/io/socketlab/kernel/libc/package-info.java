/**
 * Functions of the C library that have to do with sockets: names. They make calls like programs.
 */
@NullMarked
package io.socketlab.kernel.libc;

import org.jspecify.annotations.NullMarked;
