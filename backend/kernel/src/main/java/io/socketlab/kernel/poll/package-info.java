/** Waiting for several files at once. */
@NullMarked
package io.socketlab.kernel.poll;

import org.jspecify.annotations.NullMarked;
