package io.socketlab.kernel.dns;

import java.util.Optional;

/** RCODE of a response. RFC 1035 §4.1.1. */
public enum ResponseCode {
    NOERROR(0),
    /** The query could not be read. */
    FORMERR(1),
    /** The server could not find out. */
    SERVFAIL(2),
    /** There is no such name. */
    NXDOMAIN(3),
    NOTIMP(4),
    REFUSED(5);

    private final int number;

    ResponseCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<ResponseCode> of(int number) {
        for (ResponseCode code : values()) if (code.number == number) return Optional.of(code);
        return Optional.empty();
    }
}
