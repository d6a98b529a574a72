/** What is kept of a person, for how long, and how he gets it or has it deleted. */
@NullMarked
package io.socketlab.server.privacy;

import org.jspecify.annotations.NullMarked;
