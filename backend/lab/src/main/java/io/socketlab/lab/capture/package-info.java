/** Captures: the frames of a run with their octets, as Wireshark opens them. */
@NullMarked
package io.socketlab.lab.capture;

import org.jspecify.annotations.NullMarked;
