package io.socketlab.server.grading;

import java.util.UUID;

/**
 * One of the lines in which an account's jobs are graded.
 *
 * @param number from 0; there are as many as processors
 */
record Lane(UUID account, int number) {

    private static final char SEPARATOR = '/';

    /** By its name, which {@link #name} gives. */
    static Lane of(String name) {
        int at = name.indexOf(SEPARATOR);
        return new Lane(
                UUID.fromString(name.substring(0, at)), Integer.parseInt(name.substring(at + 1)));
    }

    String name() {
        return account.toString() + SEPARATOR + number;
    }
}
