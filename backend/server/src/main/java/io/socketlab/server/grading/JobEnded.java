package io.socketlab.server.grading;

import java.util.UUID;

/** A job has come to its end: it is done, or was cancelled. Published once for each job. */
public record JobEnded(UUID job, UUID account) {}
