package io.socketlab.lab.expr;

import java.util.Optional;

/** What an expression can see. */
public interface Scope {

    /** Empty if there is none of that name. */
    Optional<Value> parameter(String name);

    /** Something of the run, as it is written; empty where it is not defined. */
    default Optional<Value> operand(String text) {
        return Optional.empty();
    }

    /** Nanoseconds in one {@code rtt}, {@code rto}, {@code msl} or {@code tick}. */
    default Optional<Long> unit(String name) {
        return Optional.empty();
    }
}
