package io.socketlab.kernel.socket;

import java.util.HexFormat;

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
        @Override
        public String toString() {
            return "{onoff=" + (on ? 1 : 0) + ", linger=" + seconds + "}";
        }
    }

    /** struct timeval of SO_RCVTIMEO and SO_SNDTIMEO; 0 for no limit. */
    record Time(long nanos) implements OptionValue {
        @Override
        public String toString() {
            return "{sec=" + nanos / 1_000_000_000 + ", usec=" + nanos % 1_000_000_000 / 1000 + "}";
        }
    }

    /** TCP_FASTOPEN_KEY: octets as they are; not to be changed. */
    record Octets(byte[] value) implements OptionValue {
        @Override
        public String toString() {
            return "0x" + HexFormat.of().formatHex(value);
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
