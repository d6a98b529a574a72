/** A bench over a raw WebSocket: events in binary batches, control in text frames. */
@NullMarked
package io.socketlab.server.bench;

import org.jspecify.annotations.NullMarked;
