package io.socketlab.server.grading;

/** Where a job stands. The last two are the end. */
enum Phase {
    QUEUED,
    RUNNING,
    DONE,
    CANCELLED;

    boolean isEnd() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case DONE, CANCELLED -> true;
        };
    }
}
