/** Readiness: what is ready, and who sleeps until it is. */
@NullMarked
package io.socketlab.kernel.wait;

import org.jspecify.annotations.NullMarked;
