/** Hand-ins that are more alike than the task makes them, for a person to judge. */
@NullMarked
package io.socketlab.server.integrity;

import org.jspecify.annotations.NullMarked;
