/** From the source of a C program to its module, without trust in who wrote it. */
@NullMarked
package io.socketlab.sandbox.compile;

import org.jspecify.annotations.NullMarked;
