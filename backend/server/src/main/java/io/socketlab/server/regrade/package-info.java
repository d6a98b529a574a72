/** Grading an assignment's hand-ins again after its lab has been mended. */
@NullMarked
package io.socketlab.server.regrade;

import org.jspecify.annotations.NullMarked;
