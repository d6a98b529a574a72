/** The server: pages, REST, WebSocket, storage. */
@NullMarked
package io.socketlab.server;

import org.jspecify.annotations.NullMarked;
