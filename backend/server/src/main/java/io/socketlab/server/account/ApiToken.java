package io.socketlab.server.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A token for programs. What it was is known to its owner alone; we keep its hash.
 *
 * @param course what it is bound to; empty for all of its owner's courses, and what is of none
 */
public record ApiToken(
        UUID id,
        UUID accountId,
        String name,
        String scopes,
        Optional<UUID> course,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> lastUsedAt) {}
