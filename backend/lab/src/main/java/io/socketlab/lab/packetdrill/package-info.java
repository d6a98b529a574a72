/**
 * Runs packetdrill scripts on a simulated host in virtual time: the script plays the program and
 * everybody else on the wire, and says what the host is to send and when.
 */
@NullMarked
package io.socketlab.lab.packetdrill;

import org.jspecify.annotations.NullMarked;
