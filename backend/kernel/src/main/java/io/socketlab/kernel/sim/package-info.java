/** Virtual time and chance: the only clock and the only dice of a run. */
@NullMarked
package io.socketlab.kernel.sim;

import org.jspecify.annotations.NullMarked;
