/** What C programs are compiled against. */
@NullMarked
package io.socketlab.sandbox.sysroot;

import org.jspecify.annotations.NullMarked;
