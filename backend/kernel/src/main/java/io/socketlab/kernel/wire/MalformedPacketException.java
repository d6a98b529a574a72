package io.socketlab.kernel.wire;

/** Octets that no sender could mean. Caught where a layer takes packets in, and counted there. */
public final class MalformedPacketException extends RuntimeException {

    public MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
