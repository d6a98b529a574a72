/** A lab as its files say it, and the reader that refuses what it does not know. */
@NullMarked
package io.socketlab.lab.model;

import org.jspecify.annotations.NullMarked;
