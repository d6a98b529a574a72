package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The value of a socket option, in the form its {@code optval} has. */
public sealed interface OptionValue {

    /** Most options. */
    record Int(int value) implements OptionValue {
        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /** struct linger: whether close(2) waits, and for how many seconds. */
    record Linger(boolean on, int seconds) implements OptionValue {
        /** As a socket has it at first. */
        public static final Linger OFF = new Linger(false, 0);

        @Override
        public String toString() {
            return "{onoff=" + (on ? 1 : 0) + ", linger=" + seconds + "}";
        }
    }

    /** struct timeval of SO_RCVTIMEO and SO_SNDTIMEO; 0 for no limit. */
    record Time(long nanos) implements OptionValue {
        /** As a socket has it at first. */
        public static final Time NO_LIMIT = new Time(0);

        /** As short as can be: what a negative time comes to. */
        public static final Time AT_ONCE = new Time(1);

        @Override
        public String toString() {
            return "{sec=" + nanos / 1_000_000_000 + ", usec=" + nanos % 1_000_000_000 / 1000 + "}";
        }
    }

    /**
     * Octets as they are, not to be changed: of TCP_FASTOPEN_KEY, and of any other option where a
     * call names a length that is not the option's.
     */
    record Octets(byte[] value) implements OptionValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof Octets(byte[] octets) && Arrays.equals(value, octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "0x" + HexFormat.of().formatHex(value);
        }
    }

    /** TCP_INFO: what it holds, and as a C program sees it {@link TcpInfo#octets()}. */
    record ConnectionInfo(TcpInfo value) implements OptionValue {
        @Override
        public String toString() {
            return "{" + value + "}";
        }
    }

    /** SO_MEMINFO: an array of numbers. */
    record Numbers(List<Integer> values) implements OptionValue {
        public Numbers {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /**
     * struct ip_mreqn: of IP_ADD_MEMBERSHIP and IP_DROP_MEMBERSHIP, and for IP_MULTICAST_IF without
     * a group. ip(7).
     *
     * @param address of the interface; 0.0.0.0 for none
     * @param ifindex its index, which counts first; 0 for none
     */
    record Membership(Ipv4Address group, Ipv4Address address, int ifindex) implements OptionValue {
        @Override
        public String toString() {
            return "{imr_multiaddr=inet_addr(\""
                    + group
                    + "\"), imr_address=inet_addr(\""
                    + address
                    + "\"), imr_ifindex="
                    + ifindex
                    + "}";
        }
    }

    /** struct in_addr, as IP_MULTICAST_IF gives it. */
    static OptionValue inAddr(Ipv4Address address) {
        return new Octets(ByteBuffer.allocate(Integer.BYTES).putInt(address.bits()).array());
    }

    /** TCP_CONGESTION. */
    record Text(String value) implements OptionValue {
        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }
}
