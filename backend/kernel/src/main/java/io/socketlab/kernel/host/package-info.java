/** Hosts and the network they form: the one place that knows every part. */
@NullMarked
package io.socketlab.kernel.host;

import org.jspecify.annotations.NullMarked;
