/** The written forms of a run's trace. */
@NullMarked
package io.socketlab.lab.trace;

import org.jspecify.annotations.NullMarked;
