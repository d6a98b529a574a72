/** Runs: their input log, the benches rebuilt from it, submissions and results. */
@NullMarked
package io.socketlab.server.run;

import org.jspecify.annotations.NullMarked;
