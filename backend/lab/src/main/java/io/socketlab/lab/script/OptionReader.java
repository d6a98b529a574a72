package io.socketlab.lab.script;

import io.socketlab.kernel.socket.OptionOctets;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
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
            case TCP_CONGESTION -> text(value);
            case TCP_FASTOPEN_KEY -> octets(value);
            case SO_TIMESTAMPING ->
                    new OptionValue.Int(args.constant(value, Constants.TIMESTAMPING));
            case TCP_INFO, SO_MEMINFO -> throw args.expected(written, "... for what is only read");
            case TCP_NOTSENT_LOWAT, SO_MAX_PACING_RATE, IP_LOCAL_PORT_RANGE ->
                    new OptionValue.Int(unsigned(value));
            case SO_DEBUG,
                    SO_OOBINLINE,
                    SO_DONTROUTE,
                    SO_PRIORITY,
                    SO_SNDBUFFORCE,
                    SO_RCVBUFFORCE,
                    SO_MARK,
                    SO_INCOMING_CPU,
                    IP_FREEBIND,
                    IP_MTU,
                    SO_ZEROCOPY,
                    TCP_INQ,
                    SO_REUSEADDR,
                    SO_TYPE,
                    SO_BROADCAST,
                    SO_SNDBUF,
                    SO_RCVBUF,
                    SO_KEEPALIVE,
                    SO_REUSEPORT,
                    SO_REUSEPORT_LB,
                    SO_RCVLOWAT,
                    SO_SNDLOWAT,
                    SO_ACCEPTCONN,
                    SO_PROTOCOL,
                    SO_DOMAIN,
                    TCP_NODELAY,
                    TCP_MAXSEG,
                    TCP_CORK,
                    TCP_KEEPIDLE,
                    TCP_KEEPINTVL,
                    TCP_KEEPCNT,
                    TCP_SYNCNT,
                    TCP_LINGER2,
                    TCP_DEFER_ACCEPT,
                    TCP_WINDOW_CLAMP,
                    TCP_QUICKACK,
                    TCP_USER_TIMEOUT,
                    TCP_THIN_LINEAR_TIMEOUTS,
                    TCP_THIN_DUPACK,
                    TCP_RTO_MAX_MS,
                    TCP_RTO_MIN_US,
                    TCP_DELACK_MAX_US,
                    TCP_FASTOPEN,
                    TCP_FASTOPEN_CONNECT,
                    TCP_FASTOPEN_NO_COOKIE,
                    IP_TOS,
                    IP_TTL,
                    IP_MTU_DISCOVER,
                    IP_RECVERR,
                    IP_RECVTTL,
                    IP_RECVTOS,
                    IP_MINTTL,
                    SO_NO_CHECK,
                    SO_RXQ_OVFL,
                    UDP_CORK,
                    UDP_SEGMENT,
                    UDP_GRO,
                    IPV6_UNICAST_HOPS,
                    IPV6_MTU_DISCOVER,
                    IPV6_MTU,
                    IPV6_RECVERR,
                    IPV6_V6ONLY,
                    IPV6_DONTFRAG,
                    IPV6_TCLASS,
                    IPV6_MINHOPCOUNT ->
                    new OptionValue.Int(args.constant(value, Constants.OPTION_VALUE));
            case SO_ERROR ->
                    new OptionValue.Int(
                            args.constant(value, Constants.OPTION_VALUE, Constants.EXTENDED_ERROR));
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

    private OptionValue text(Argument value) {
        if (value instanceof Text text) return new OptionValue.Text(text.octets());
        throw args.expected(value, "a name such as \"cubic\"");
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
