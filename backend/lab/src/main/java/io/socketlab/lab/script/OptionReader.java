package io.socketlab.lab.script;

import io.socketlab.kernel.socket.OptionOctets;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.lab.script.Argument.Duration;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Symbols;
import io.socketlab.lab.script.Argument.Term;
import io.socketlab.lab.script.Argument.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a socket option and its value. */
final class OptionReader {

    private static final long SECOND = 1_000_000_000L;

    /** Octets of an option's value; those beyond have no meaning. */
    private static final int LONGEST = 64;

    private final Args args;

    OptionReader(Args args) {
        this.args = args;
    }

    /** The option of level {@code args[levelAt]} and name {@code args[levelAt + 1]}. */
    SocketOption option(int levelAt) {
        int level = args.constant(levelAt, Constants.LEVEL);
        Argument name = args.get(levelAt + 1);
        int number = args.constant(name, Constants.OPTION);
        Optional<SocketOption> named = named(name);
        if (named.isPresent() && named.get().level().number() != level) {
            throw args.expected(levelAt, named.get().level() + ", the level of " + named.get());
        }
        return Arrays.stream(SocketOption.values())
                .filter(o -> o.level().number() == level && o.number() == number)
                .findFirst()
                .orElseThrow(() -> args.expected(name, "an option of level " + args.get(levelAt)));
    }

    private static Optional<SocketOption> named(Argument name) {
        if (!(name instanceof Symbols(_, List<Term> terms)) || terms.size() != 1)
            return Optional.empty();
        return Arrays.stream(SocketOption.values())
                .filter(o -> o.name().equals(terms.getFirst().written()))
                .findFirst();
    }

    OptionValue value(SocketOption option, Argument written) {
        Argument value = args.pointed(written);
        return switch (option) {
            case SO_LINGER -> linger(value);
            case SO_RCVTIMEO, SO_SNDTIMEO -> time(value);
            case TCP_CONGESTION -> text(value, "a name such as \"cubic\"");
            case SO_BINDTODEVICE -> text(value, "the name of an interface such as \"eth0\"");
            case TCP_FASTOPEN_KEY -> octets(value);
            case IP_MULTICAST_IF, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP -> membership(value);
            case SO_TIMESTAMPING ->
                    new OptionValue.Int(args.constant(value, Constants.TIMESTAMPING));
            case TCP_INFO, TCP_CC_INFO, TCP_SAVED_SYN, SO_MEMINFO, SO_PEERNAME ->
                    throw args.expected(written, "... for what is only read");
            case TCP_NOTSENT_LOWAT, SO_MAX_PACING_RATE, IP_LOCAL_PORT_RANGE ->
                    new OptionValue.Int(unsigned(value));
            case SO_ERROR ->
                    new OptionValue.Int(
                            args.constant(value, Constants.OPTION_VALUE, Constants.EXTENDED_ERROR));
            // all others are an int
            default -> new OptionValue.Int(args.constant(value, Constants.OPTION_VALUE));
        };
    }

    /**
     * {@code value} as it is in so many octets.
     *
     * @param length what the call names; nothing for the value's own
     */
    OptionValue ofLength(SocketOption option, OptionValue value, OptionalInt length) {
        byte[] octets = OptionOctets.encoded(option, value);
        boolean isText = value instanceof OptionValue.Text;
        int own = value instanceof OptionValue.Int ? Integer.BYTES : octets.length;
        if (length.isEmpty() || length.getAsInt() == own || isText && length.getAsInt() > 0) {
            return value;
        }
        return new OptionValue.Octets(Arrays.copyOf(octets, Math.min(length.getAsInt(), LONGEST)));
    }

    /** A number that may fill all 32 bits. */
    private int unsigned(Argument value) {
        if (value instanceof Numeral(_, long n, _) && n >> 31 == 1) return (int) n;
        return args.integer(value, "a number of 32 bits", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private OptionValue linger(Argument value) {
        if (!(value instanceof Struct struct)) throw args.expected(value, "{onoff=1, linger=0}");
        int on =
                args.integer(
                        member(struct, "onoff", "l_onoff"),
                        "0 or 1",
                        Integer.MIN_VALUE,
                        Integer.MAX_VALUE);
        int seconds =
                args.integer(
                        member(struct, "linger", "l_linger"),
                        "a count of seconds",
                        0,
                        Integer.MAX_VALUE);
        return new OptionValue.Linger(on != 0, seconds);
    }

    private OptionValue time(Argument value) {
        return switch (value) {
            case Numeral _ ->
                    new OptionValue.Time(
                            SECOND
                                    * args.integer(
                                            value, "a count of seconds", 0, Integer.MAX_VALUE));
            case Duration duration -> new OptionValue.Time(duration.nanos());
            case Struct struct -> {
                int seconds = any(member(struct, "sec", "tv_sec"), "a count of seconds");
                int micros = any(member(struct, "usec", "tv_usec"), "microseconds");
                boolean isTime = seconds >= 0 && micros >= 0 && micros < 1_000_000;
                yield isTime
                        ? new OptionValue.Time(seconds * SECOND + micros * 1000L)
                        : OptionOctets.time(seconds, micros);
            }
            case Argument other -> throw args.expected(other, "{sec=1, usec=0}, or seconds");
        };
    }

    private int any(Argument value, String what) {
        return args.integer(value, what, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private OptionValue text(Argument value, String what) {
        if (value instanceof Text text) return new OptionValue.Text(text.octets());
        throw args.expected(value, what);
    }

    /** An interface alone, by its address, or a struct. */
    private OptionValue membership(Argument value) {
        var reader = new InternetAddressReader(args);
        if (!(value instanceof Struct struct)) {
            return new OptionValue.Membership(Ipv4Address.ANY, reader.ipv4(value), 0);
        }
        return new OptionValue.Membership(
                reader.ipv4(struct, "imr_multiaddr"),
                struct.field("imr_interface").isPresent()
                        ? reader.ipv4(struct, "imr_interface")
                        : reader.ipv4(struct, "imr_address"),
                reader.index(struct, "imr_ifindex"));
    }

    private OptionValue octets(Argument value) {
        if (value instanceof Text text) {
            return new OptionValue.Octets(text.bytes());
        }
        throw args.expected(value, "the octets of a key, such as \"\\x01\\x02...\"");
    }

    private Argument member(Struct struct, String name, String otherName) {
        return struct.field(name)
                .or(() -> struct.field(otherName))
                .orElseThrow(() -> args.expected(struct, "a member " + name + "="));
    }
}
