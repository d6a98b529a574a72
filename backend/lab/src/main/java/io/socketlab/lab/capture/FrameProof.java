package io.socketlab.lab.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Whether the octets of a frame are what their headers say: lengths that fit into one another, and
 * checksums over which the ones' complement sum is all ones (RFC 1071).
 */
final class FrameProof {

    private static final int ETHERNET = 14;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int ARP = 0x0806;

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int FRAGMENT_HEADER = 44;
    private static final int ICMPV6 = 58;

    private static final int IPV6_HEADER = 40;

    /** More fragments, and the offset: a part of a packet has no checksum of its own. */
    private static final int FRAGMENT = 0x3FFF;

    private static final int ALL_ONES = 0xFFFF;

    private FrameProof() {}

    /** What is wrong with it; empty if nothing is. */
    static Optional<String> problem(byte[] frame) {
        if (frame.length < ETHERNET) return Optional.of("shorter than an Ethernet header");
        ByteBuffer octets = ByteBuffer.wrap(frame);
        ByteBuffer payload = octets.slice(ETHERNET, frame.length - ETHERNET);
        return switch (u16(octets, 12)) {
            case IPV4 -> ipv4(payload);
            case IPV6 -> ipv6(payload);
            case ARP -> Optional.empty();
            default -> Optional.of("of a type that nobody here sends");
        };
    }

    private static Optional<String> ipv4(ByteBuffer packet) {
        if (packet.limit() < 20) return Optional.of("shorter than an IPv4 header");
        int header = (packet.get(0) & 0xF) * 4;
        int length = u16(packet, 2);
        if (packet.get(0) >> 4 != 4 || header < 20 || length < header || length > packet.limit()) {
            return Optional.of("an IPv4 header whose lengths do not fit");
        }
        if (sum(packet, 0, header, 0) != ALL_ONES) {
            return Optional.of("the checksum of its IPv4 header is wrong");
        }
        if ((u16(packet, 6) & FRAGMENT) != 0) return Optional.empty();
        int protocol = packet.get(9) & 0xFF;
        long pseudo = (long) protocol + length - header + words(packet, 12, 20);
        return transport(packet.slice(header, length - header), protocol, pseudo);
    }

    private static Optional<String> ipv6(ByteBuffer packet) {
        if (packet.limit() < IPV6_HEADER) return Optional.of("shorter than an IPv6 header");
        int length = u16(packet, 4);
        if (packet.get(0) >> 4 != 6 || length > packet.limit() - IPV6_HEADER) {
            return Optional.of("an IPv6 header whose lengths do not fit");
        }
        int protocol = packet.get(6) & 0xFF;
        if (protocol == FRAGMENT_HEADER) return Optional.empty();
        long pseudo = (long) protocol + length + words(packet, 8, IPV6_HEADER);
        return transport(packet.slice(IPV6_HEADER, length), protocol, pseudo);
    }

    private static Optional<String> transport(ByteBuffer text, int protocol, long pseudo) {
        return switch (protocol) {
            case TCP -> {
                int header = text.limit() < 20 ? 0 : (text.get(12) >> 4 & 0xF) * 4;
                if (header < 20 || header > text.limit()) {
                    yield Optional.of("a TCP header whose length does not fit");
                }
                yield checksum(text, pseudo, "TCP");
            }
            case UDP -> {
                if (text.limit() < 8 || u16(text, 4) != text.limit()) {
                    yield Optional.of("a UDP header whose length does not fit");
                }
                yield u16(text, 6) == 0 ? Optional.empty() : checksum(text, pseudo, "UDP");
            }
            case ICMP -> checksum(text, 0, "ICMP");
            case ICMPV6 -> checksum(text, pseudo, "ICMPv6");
            default -> Optional.empty();
        };
    }

    private static Optional<String> checksum(ByteBuffer text, long pseudo, String protocol) {
        return sum(text, 0, text.limit(), pseudo) == ALL_ONES
                ? Optional.empty()
                : Optional.of("its " + protocol + " checksum is wrong");
    }

    private static int sum(ByteBuffer octets, int from, int to, long more) {
        long sum = more + words(octets, from, to);
        while (sum > ALL_ONES) sum = (sum >>> 16) + (sum & ALL_ONES);
        return (int) sum;
    }

    private static long words(ByteBuffer octets, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += (octets.get(i) & 0xFF) << 8 | (i + 1 < to ? octets.get(i + 1) & 0xFF : 0);
        }
        return sum;
    }

    private static int u16(ByteBuffer octets, int at) {
        return Short.toUnsignedInt(octets.getShort(at));
    }
}
