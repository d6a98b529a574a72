/** System calls, the tasks that make them, and their descriptors. */
@NullMarked
package io.socketlab.kernel.syscall;

import org.jspecify.annotations.NullMarked;
