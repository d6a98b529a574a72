/** Programs of scripts as they run: what their variables hold, and which call is the next. */
@NullMarked
package io.socketlab.lab.program;

import org.jspecify.annotations.NullMarked;
