package io.socketlab.server.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A token for programs. What it was is known to its owner alone; we keep its hash. */
public record ApiToken(
        UUID id,
        UUID accountId,
        String name,
        String scopes,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> lastUsedAt) {}
