/** Labs, scripts, traces and grading. */
@NullMarked
package io.socketlab.lab;

import org.jspecify.annotations.NullMarked;
