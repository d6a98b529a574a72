package io.socketlab.server.webhook;

import java.time.Instant;
import java.util.UUID;

/**
 * Where somebody wants to be told.
 *
 * @param active false once it has answered 410 Gone
 */
record Webhook(UUID id, UUID account, String url, boolean active, Instant created) {}
