/** Kernel settings by Linux's names. */
@NullMarked
package io.socketlab.kernel.sysctl;

import org.jspecify.annotations.NullMarked;
