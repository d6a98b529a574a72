package io.socketlab.kernel.wire;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getInt;
import static io.socketlab.kernel.wire.Octets.putByte;
import static io.socketlab.kernel.wire.Octets.putInt;
import static io.socketlab.kernel.wire.Octets.putShort;

/**
 * The fixed part of an ICMP message. RFC 792.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |          Checksum             |
 * +---------------+---------------+-------------------------------+
 * |                     rest, by type                             |
 * +---------------------------------------------------------------+
 * </pre>
 */
public record IcmpMessage(int type, int code, int rest) implements IcmpReport {

    public static final int SIZE = 8;

    public static final int ECHO_REPLY = 0;
    public static final int UNREACHABLE = 3;
    public static final int ECHO = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    public static final int NET_UNREACHABLE = 0;
    public static final int HOST_UNREACHABLE = 1;
    public static final int PROTOCOL_UNREACHABLE = 2;
    public static final int PORT_UNREACHABLE = 3;
    public static final int FRAGMENTATION_NEEDED = 4;
    public static final int PACKET_FILTERED = 13;

    public static IcmpMessage parse(byte[] octets, int at, int available) {
        if (available < SIZE) throw new MalformedPacketException("ICMP header cut short");
        return new IcmpMessage(
                getByte(octets, at), getByte(octets, at + 1), getInt(octets, at + 4));
    }

    /**
     * Writes the header in front of {@code length - SIZE} octets of data, and the checksum over
     * both.
     */
    public void writeTo(byte[] octets, int at, int length) {
        putByte(octets, at, type);
        putByte(octets, at + 1, code);
        putShort(octets, at + 2, 0);
        putInt(octets, at + 4, rest);
        putShort(octets, at + 2, checksum(octets, at, length));
    }

    /** 0 over a message whose checksum is right. */
    public static int checksum(byte[] octets, int at, int length) {
        return InternetChecksum.finish(InternetChecksum.add(0, octets, at, length));
    }

    @Override
    public boolean isError() {
        return type == UNREACHABLE || type == TIME_EXCEEDED || type == PARAMETER_PROBLEM;
    }

    @Override
    public boolean isTooBig() {
        return type == UNREACHABLE && code == FRAGMENTATION_NEEDED;
    }

    /** RFC 1191 §4. */
    @Override
    public int nextHopMtu() {
        return rest & 0xFFFF;
    }

    @Override
    public String text() {
        return switch (type) {
            case ECHO_REPLY -> "echo reply";
            case ECHO -> "echo request";
            case TIME_EXCEEDED -> code == 0 ? "time to live exceeded" : "reassembly time exceeded";
            case PARAMETER_PROBLEM -> "parameter problem";
            case UNREACHABLE ->
                    switch (code) {
                        case NET_UNREACHABLE -> "network unreachable";
                        case HOST_UNREACHABLE -> "host unreachable";
                        case PROTOCOL_UNREACHABLE -> "protocol unreachable";
                        case PORT_UNREACHABLE -> "port unreachable";
                        case FRAGMENTATION_NEEDED -> "fragmentation needed";
                        case PACKET_FILTERED -> "administratively prohibited";
                        default -> "unreachable, code " + code;
                    };
            default -> "ICMP type " + type;
        };
    }
}
