package io.socketlab.lab.script;

import io.socketlab.lab.script.Argument.Duration;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Struct;

/** Reads the time that a call waits at most: a timeval, a timespec, or seconds. */
final class TimeReader {

    private static final long SECOND = 1_000_000_000L;

    private final Args args;

    TimeReader(Args args) {
        this.args = args;
    }

    /** {sec=1, usec=0}, seconds, or NULL for ever: nanoseconds, -1 for ever. */
    long read(int i) {
        if (args.isNull(i)) return -1;
        return switch (args.get(i)) {
            case Numeral n -> SECOND * args.integer(n, "seconds", 0, Integer.MAX_VALUE);
            case Duration duration -> duration.nanos();
            case Struct struct -> {
                long nanos = SECOND * part(struct, "sec", "tv_sec");
                nanos += 1000L * part(struct, "usec", "tv_usec");
                yield nanos + part(struct, "nsec", "tv_nsec");
            }
            case Argument other ->
                    throw args.expected(other, "a time such as {sec=1, usec=0}, or NULL");
        };
    }

    private int part(Struct struct, String name, String otherName) {
        return struct.field(name)
                .or(() -> struct.field(otherName))
                .map(value -> args.integer(value, "a part of a time", 0, Integer.MAX_VALUE))
                .orElse(0);
    }
}
