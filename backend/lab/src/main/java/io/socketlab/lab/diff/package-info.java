/** Two runs side by side: where the one first goes another way than the other. */
@NullMarked
package io.socketlab.lab.diff;

import org.jspecify.annotations.NullMarked;
