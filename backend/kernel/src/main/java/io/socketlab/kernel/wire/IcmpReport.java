package io.socketlab.kernel.wire;

/** What the control messages of both versions of IP have in common. */
public sealed interface IcmpReport permits IcmpMessage, Icmpv6Message {

    int type();

    int code();

    /** The four octets after the checksum: what they mean depends on the type. */
    int rest();

    /** Whether it reports what became of another packet, which it quotes. */
    boolean isError();

    /** Whether the packet that it quotes was larger than a link takes. */
    boolean isTooBig();

    /** Of a message that {@link #isTooBig}, the MTU of the next hop; 0 if it does not say. */
    int nextHopMtu();

    /** In words: "port unreachable". */
    String text();
}
