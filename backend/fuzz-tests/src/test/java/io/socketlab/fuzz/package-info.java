/** Inputs that nobody would think of, and what must hold whatever they are. */
@NullMarked
package io.socketlab.fuzz;

import org.jspecify.annotations.NullMarked;
