package io.socketlab.kernel.link;

/** Takes packets up from a NIC. Implemented by the network layer. */
@FunctionalInterface
public interface PacketHandler {

    /** A frame has arrived; {@code packet} is positioned at what its Ethernet header announces. */
    void receive(PacketBuffer packet, int etherType);
}
