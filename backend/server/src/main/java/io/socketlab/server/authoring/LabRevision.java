package io.socketlab.server.authoring;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What has been published of a lab, and never changes.
 *
 * @param number from 1
 * @param tree the hash of its files
 * @param report that it was proven with, JSON
 * @param by whoever published it; empty if he is gone
 */
record LabRevision(
        String labId, int number, String tree, String report, Optional<UUID> by, Instant at) {}
