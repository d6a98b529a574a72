/** Proposes checks for a lab from what its solutions do. */
@NullMarked
package io.socketlab.lab.record;

import org.jspecify.annotations.NullMarked;
