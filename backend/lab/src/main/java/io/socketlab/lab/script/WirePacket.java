package io.socketlab.lab.script;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A packet as packetdrill writes it. */
public sealed interface WirePacket {

    Position position();

    /** What is said about its IP header. */
    List<IpNote> ip();

    /**
     * {@code [ect0] P. 1:1001(1000) ack 1 win 257 <nop,nop,TS val 100 ecr 200>}.
     *
     * @param flags {@code S}, {@code P.}, {@code -} for none
     * @param window raw, as it is in the header
     * @param options empty for {@code <...>}: whatever
     */
    record TcpPacket(
            Position position,
            List<IpNote> ip,
            Optional<Ports> ports,
            String flags,
            Range range,
            OptionalLong ack,
            OptionalInt window,
            OptionalInt urgent,
            Optional<List<TcpOption>> options)
            implements WirePacket {}

    /**
     * {@code udp (100)}, {@code udp 8888 > 8080 (100)}.
     *
     * @param length of the payload
     */
    record UdpPacket(Position position, List<IpNote> ip, Optional<Ports> ports, int length)
            implements WirePacket {}

    /**
     * {@code icmp unreachable frag_needed mtu 1000 [1:1001(1000)]}.
     *
     * @param code empty if only the type is written
     * @param quoted the packet that it is about
     */
    record IcmpPacket(
            Position position,
            List<IpNote> ip,
            String type,
            Optional<String> code,
            OptionalInt mtu,
            Optional<Quoted> quoted)
            implements WirePacket {}

    /** What an ICMP message quotes. */
    sealed interface Quoted {
        record QuotedTcp(Range range) implements Quoted {}

        record QuotedUdp(int length) implements Quoted {}
    }

    /** {@code [ect0]}, {@code [tos 0x10]}, {@code [ttl 64]}. */
    record IpNote(Position position, String name, OptionalInt value) {}

    record Ports(int source, int destination) {}

    /** {@code 1:1001(1000)}: sequence numbers relative to the SYN; of a SYN, absolute. */
    record Range(Position position, long start, long end, int length) {}

    /** A TCP option. */
    sealed interface TcpOption {

        record Mss(int value) implements TcpOption {}

        record NoOperation() implements TcpOption {}

        record EndOfList() implements TcpOption {}

        record SackPermitted() implements TcpOption {}

        record WindowScale(int shift) implements TcpOption {}

        record Sack(List<Block> blocks) implements TcpOption {
            public Sack {
                blocks = List.copyOf(blocks);
            }
        }

        record Timestamps(long value, long echo) implements TcpOption {}

        /**
         * @param cookie hexadecimal, may be empty
         * @param experimental in option kind 254, RFC 6994
         */
        record FastOpen(String cookie, boolean experimental) implements TcpOption {}

        /** One that is known by name only, with what is written behind it. */
        record Other(String name, String text) implements TcpOption {}
    }

    /** Octets from {@code left} up to but without {@code right}. */
    record Block(long left, long right) {}
}
