package io.socketlab.server.authoring;

import java.time.Instant;
import java.util.UUID;

/**
 * A draft as it was when it was tried.
 *
 * @param id what runs and jobs call it, {@code draft:…}: the same draft with the same files has the
 *     same
 * @param labId what the lab was called
 * @param tree the hash of its files
 */
record Trial(String id, UUID draft, String labId, String tree, Instant created) {}
