package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/** Where a cable ends, and what is behind it: a network card, or one of the sockets of a switch. */
interface Port {

    /** Whose it is in the trace; empty for a switch, which is no host. */
    String host();

    /** Which of the interfaces of its host it is; empty for a switch. */
    String device();

    void connect(Wire outgoing);

    /** The wire holds another number of packets now, or takes what it is given otherwise. */
    void reconsider();

    /** Whether it is that card. */
    default boolean isAt(String host, String device) {
        return host().equals(host) && device().equals(device);
    }

    /** The wire is free: the next frame for it, if there is one. */
    @Nullable PacketBuffer nextToSend();

    /** Frames that wait for the wire, or for their descriptors to be cleaned. */
    int waiting();

    /** The wire has a queue of its own, and has taken a frame into it. */
    void taken(PacketBuffer frame);

    /** A frame that waited is on the wire whole. */
    void transmitted(PacketBuffer frame);

    /** A frame has come in whole. */
    void arrive(PacketBuffer frame);
}
