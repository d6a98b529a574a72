package io.socketlab.lab.bench;

/** A stream as it arrives: each piece is held against what was sent. */
final class Arriving {

    private final Payload payload;
    private final long octets;
    private long position;
    private boolean ended;

    /**
     * @param octets of the whole stream
     */
    Arriving(Payload payload, long octets) {
        this.payload = payload;
        this.octets = octets;
    }

    /**
     * Takes what read(2) has returned; nothing is the end.
     *
     * @throws IllegalStateException if it is not what was sent, or the end comes too early
     */
    void take(byte[] piece) {
        payload.verify(position, piece);
        position += piece.length;
        ended = piece.length == 0;
        if (ended && !isWhole()) {
            throw new IllegalStateException("the stream ended after " + position + " octets");
        }
    }

    boolean isWhole() {
        return position == octets;
    }

    boolean hasEnded() {
        return ended;
    }
}
