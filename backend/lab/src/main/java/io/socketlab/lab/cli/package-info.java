/** The command line. */
@NullMarked
package io.socketlab.lab.cli;

import org.jspecify.annotations.NullMarked;
