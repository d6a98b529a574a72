/** Telling others that jobs have ended: webhooks, their deliveries, and whom not to call. */
@NullMarked
package io.socketlab.server.webhook;

import org.jspecify.annotations.NullMarked;
