/** Programs that run on a host by themselves, by the same calls that a person's programs make. */
@NullMarked
package io.socketlab.kernel.daemon;

import org.jspecify.annotations.NullMarked;
