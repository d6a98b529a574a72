/** Fixed work for the simulated kernel, and what it costs in processor time and memory. */
@NullMarked
package io.socketlab.lab.bench;

import org.jspecify.annotations.NullMarked;
