/** Compiled programs: what is let in, and what is put into them so that they can be run safely. */
@NullMarked
package io.socketlab.sandbox.module;

import org.jspecify.annotations.NullMarked;
