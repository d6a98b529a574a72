package io.socketlab.server.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Something told, or to be told, to a webhook.
 *
 * @param status of the last answer; empty if there was none
 * @param problem what went wrong the last time
 */
record Delivery(
        UUID id,
        UUID webhook,
        UUID job,
        String payload,
        State state,
        int tries,
        OptionalInt status,
        Optional<String> problem,
        Instant created,
        Optional<Instant> tried) {

    enum State {
        WAITING,
        DELIVERED,
        FAILED
    }
}
