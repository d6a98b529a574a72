/** The one language for system calls: console lines, lab scripts and packetdrill scripts. */
@NullMarked
package io.socketlab.lab.script;

import org.jspecify.annotations.NullMarked;
