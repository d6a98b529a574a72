package io.socketlab.kernel.wire;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getInt;
import static io.socketlab.kernel.wire.Octets.putByte;
import static io.socketlab.kernel.wire.Octets.putInt;
import static io.socketlab.kernel.wire.Octets.putShort;

/**
 * The fixed part of an ICMPv6 message. RFC 4443 §2.1; neighbour discovery's are of RFC 4861 §4.
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
public record Icmpv6Message(int type, int code, int rest) implements IcmpReport {

    public static final int SIZE = 8;

    public static final int UNREACHABLE = 1;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;
    public static final int PARAMETER_PROBLEM = 4;
    public static final int ECHO = 128;
    public static final int ECHO_REPLY = 129;
    public static final int NEIGHBOUR_SOLICITATION = 135;
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;

    public static final int NO_ROUTE = 0;
    public static final int ADMIN_PROHIBITED = 1;
    public static final int ADDRESS_UNREACHABLE = 3;
    public static final int PORT_UNREACHABLE = 4;
    public static final int POLICY_FAIL = 5;
    public static final int REJECT_ROUTE = 6;

    public static final int HOP_LIMIT_EXCEEDED = 0;
    public static final int REASSEMBLY_EXCEEDED = 1;
    public static final int UNKNOWN_NEXT_HEADER = 1;

    private static final int FIRST_INFORMATIONAL = 128;

    public static Icmpv6Message parse(byte[] octets, int at, int available) {
        if (available < SIZE) throw new MalformedPacketException("ICMPv6 header cut short");
        return new Icmpv6Message(
                getByte(octets, at), getByte(octets, at + 1), getInt(octets, at + 4));
    }

    /**
     * Writes the header in front of {@code length - SIZE} octets of data, and the checksum over
     * both and the pseudo-header.
     */
    public void writeTo(byte[] octets, int at, int length, Ipv6Address src, Ipv6Address dst) {
        putByte(octets, at, type);
        putByte(octets, at + 1, code);
        putShort(octets, at + 2, 0);
        putInt(octets, at + 4, rest);
        putShort(octets, at + 2, checksum(octets, at, length, src, dst));
    }

    /** 0 over a message whose checksum is right. RFC 4443 §2.3. */
    public static int checksum(
            byte[] octets, int at, int length, Ipv6Address src, Ipv6Address dst) {
        long sum = InternetChecksum.addPseudoHeader(0, src, dst, Ipv6Header.ICMPV6, length);
        return InternetChecksum.finish(InternetChecksum.add(sum, octets, at, length));
    }

    @Override
    public boolean isError() {
        return type < FIRST_INFORMATIONAL;
    }

    @Override
    public boolean isTooBig() {
        return type == PACKET_TOO_BIG;
    }

    @Override
    public int nextHopMtu() {
        return rest;
    }

    @Override
    public String text() {
        return switch (type) {
            case ECHO_REPLY -> "echo reply";
            case ECHO -> "echo request";
            case NEIGHBOUR_SOLICITATION -> "neighbour solicitation";
            case NEIGHBOUR_ADVERTISEMENT -> "neighbour advertisement";
            case PACKET_TOO_BIG -> "packet too big";
            case TIME_EXCEEDED ->
                    code == HOP_LIMIT_EXCEEDED ? "hop limit exceeded" : "reassembly time exceeded";
            case PARAMETER_PROBLEM -> "parameter problem";
            case UNREACHABLE ->
                    switch (code) {
                        case NO_ROUTE -> "no route";
                        case ADMIN_PROHIBITED -> "administratively prohibited";
                        case ADDRESS_UNREACHABLE -> "address unreachable";
                        case PORT_UNREACHABLE -> "port unreachable";
                        case POLICY_FAIL -> "failed policy";
                        case REJECT_ROUTE -> "rejected by route";
                        default -> "unreachable, code " + code;
                    };
            default -> "ICMPv6 type " + type;
        };
    }
}
