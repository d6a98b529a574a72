/** Runs of labs: a network, the lines that drive it, and the trace that comes of it. */
@NullMarked
package io.socketlab.lab.run;

import org.jspecify.annotations.NullMarked;
