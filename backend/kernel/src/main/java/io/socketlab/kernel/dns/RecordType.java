package io.socketlab.kernel.dns;

import java.util.Optional;

/** The kinds of resource record that are understood here. RFC 1035 §3.2.2, RFC 3596. */
public enum RecordType {
    A(1),
    NS(2),
    CNAME(5),
    SOA(6),
    TXT(16),
    AAAA(28);

    private final int number;

    RecordType(int number) {
        this.number = number;
    }

    /** TYPE in a message. */
    public int number() {
        return number;
    }

    static Optional<RecordType> of(int number) {
        for (RecordType type : values()) if (type.number == number) return Optional.of(type);
        return Optional.empty();
    }
}
