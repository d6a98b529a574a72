package io.socketlab.kernel.link;

/** Sees every frame that a NIC sends or receives, as a capture does. */
@FunctionalInterface
public interface PacketTap {

    /**
     * A frame's first bit leaves, or its last one has come in.
     *
     * @param where the NIC, and which way the frame goes
     * @param at virtual nanoseconds
     * @param event number of the trace's event that tells of it: the one that comes next
     * @param frame positioned at its Ethernet header; not to be changed or kept
     */
    void frame(Place where, long at, int event, PacketBuffer frame);

    /**
     * @param device the NIC's name on its host: {@code eth0}
     * @param outgoing whether what passes there is being sent
     */
    record Place(String host, String device, boolean outgoing) {}
}
