package io.socketlab.fuzz;

/** The fuzzer's octets, read one after the other; 0 once they are used up. */
final class Inputs {

    private final byte[] octets;
    private int at;

    Inputs(byte[] octets) {
        this.octets = octets;
    }

    boolean hasMore() {
        return at < octets.length;
    }

    /** 0 to 255. */
    int octet() {
        return at < octets.length ? octets[at++] & 0xFF : 0;
    }

    /** 0 to 65,535. */
    int pair() {
        return octet() << 8 | octet();
    }

    int word() {
        return pair() << 16 | pair();
    }

    int pick(int... choices) {
        return choices[octet() % choices.length];
    }
}
