package io.socketlab.kernel.socket;

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

    /** TCP_CONGESTION. */
    record Text(String value) implements OptionValue {
        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }
}
