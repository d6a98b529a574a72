/**
 * Programs as tasks of the simulated kernel: their turns, their memory, and the calls they make.
 */
@NullMarked
package io.socketlab.sandbox.program;

import org.jspecify.annotations.NullMarked;
