/** Grading as jobs: handing in, the lanes in which jobs are graded, results, and their REST. */
@NullMarked
package io.socketlab.server.grading;

import org.jspecify.annotations.NullMarked;
