/** What happens in a run, event by event, each with its cause and the rule that decided it. */
@NullMarked
package io.socketlab.kernel.trace;

import org.jspecify.annotations.NullMarked;
