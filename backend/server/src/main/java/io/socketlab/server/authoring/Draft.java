package io.socketlab.server.authoring;

import java.time.Instant;
import java.util.UUID;

/**
 * A lab that somebody is writing.
 *
 * @param labId what it will be published as; follows lab.yaml until it has been
 * @param version counts its saves
 */
record Draft(
        UUID id, UUID accountId, String labId, int version, Instant created, Instant updated) {}
