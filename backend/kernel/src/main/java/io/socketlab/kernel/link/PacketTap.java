package io.socketlab.kernel.link;

/** Sees every frame that a NIC sends or receives, as a capture does. */
@FunctionalInterface
public interface PacketTap {

    /**
     * @param at virtual nanoseconds
     * @param host whose NIC it is
     * @param outgoing whether it is being sent
     * @param packet positioned at its Ethernet header; not to be changed or kept
     */
    void frame(long at, String host, boolean outgoing, PacketBuffer packet);
}
