package io.socketlab.kernel.socket;

import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.OptionValue.Linger;
import io.socketlab.kernel.socket.OptionValue.Membership;
import io.socketlab.kernel.socket.OptionValue.Octets;
import io.socketlab.kernel.socket.OptionValue.Text;
import io.socketlab.kernel.socket.OptionValue.Time;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketOption.Level;
import io.socketlab.kernel.wire.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Option values as a C program passes them: {@code optval} and {@code optlen} of setsockopt(2),
 * with what Linux makes of lengths that are not the option's. net/core/sock.c, do_tcp_setsockopt(),
 * do_ip_setsockopt().
 */
public final class OptionOctets {

    private static final int INT = 4;
    private static final int LINGER = 8;
    private static final int IP_MREQ = 8;
    private static final int IP_MREQN = 12;
    private static final int TIMEVAL = 16;
    private static final long SECOND = 1_000_000_000L;
    private static final int MICROS = 1_000_000;

    /** TCP_CA_NAME_MAX: a name with the NUL behind it. */
    private static final int NAME = 16;

    private OptionOctets() {}

    /**
     * What a call sets, given {@code value} or the octets of one.
     *
     * @return EINVAL if there are too few octets, EDOM if a time has too many microseconds
     */
    public static Outcome<OptionValue> decoded(SocketOption option, OptionValue value) {
        if (!(value instanceof Octets(byte[] octets))) return new Done<>(value);
        return switch (option) {
            case TCP_FASTOPEN_KEY -> new Done<>(value);
            case TCP_CONGESTION -> name(octets);
            case IP_MULTICAST_IF, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP ->
                    new Done<>(membership(option, octets));
            case SO_BINDTODEVICE -> new Done<>(new Text(text(octets)));
            case SO_LINGER -> octets.length < LINGER ? tooShort() : linger(octets);
            case SO_RCVTIMEO, SO_SNDTIMEO -> octets.length < TIMEVAL ? tooShort() : time(octets);
            default -> option.level() == Level.IPPROTO_IP ? small(option, octets) : number(octets);
        };
    }

    private static Outcome<OptionValue> tooShort() {
        return new Failed<>(Errno.EINVAL);
    }

    private static Outcome<OptionValue> number(byte[] octets) {
        return octets.length < INT ? tooShort() : new Done<>(new Int(in(octets).getInt()));
    }

    /** At level IPPROTO_IP one octet will do, and for many options none, which is a 0. */
    private static Outcome<OptionValue> small(SocketOption option, byte[] octets) {
        if (option == SocketOption.IP_LOCAL_PORT_RANGE && octets.length != INT) return tooShort();
        if (octets.length >= INT) return number(octets);
        if (octets.length > 0) return new Done<>(new Int(octets[0] & 0xFF));
        return switch (option) {
            case IP_MULTICAST_TTL, IP_MULTICAST_LOOP, IP_MULTICAST_ALL -> tooShort();
            case IP_TTL, IP_FREEBIND, IP_MINTTL, IP_TRANSPARENT -> tooShort();
            default -> new Done<>(new Int(0));
        };
    }

    /** struct ip_mreqn, its beginning struct ip_mreq, or an address alone; else as it is. */
    private static OptionValue membership(SocketOption option, byte[] octets) {
        boolean single = option == SocketOption.IP_MULTICAST_IF && octets.length < IP_MREQ;
        if (single && octets.length >= INT) {
            return new Membership(Ipv4Address.ANY, address(octets, 0), 0);
        }
        if (octets.length < IP_MREQ) return new Octets(octets);
        int ifindex = octets.length < IP_MREQN ? 0 : in(octets).getInt(IP_MREQ);
        return new Membership(address(octets, 0), address(octets, INT), ifindex);
    }

    private static Ipv4Address address(byte[] octets, int at) {
        return new Ipv4Address(in(octets).order(ByteOrder.BIG_ENDIAN).getInt(at));
    }

    private static Outcome<OptionValue> linger(byte[] octets) {
        ByteBuffer in = in(octets);
        return new Done<>(new Linger(in.getInt() != 0, in.getInt()));
    }

    /** A negative time is none at all: the call returns at once. sock_set_timeout(). */
    private static Outcome<OptionValue> time(byte[] octets) {
        ByteBuffer in = in(octets);
        long seconds = in.getLong();
        long micros = in.getLong();
        if (micros < 0 || micros >= MICROS) return new Failed<>(Errno.EDOM);
        if (seconds < 0) return new Done<>(Time.AT_ONCE);
        boolean forEver = seconds >= Long.MAX_VALUE / SECOND;
        return new Done<>(forEver ? Time.NO_LIMIT : new Time(seconds * SECOND + micros * 1000));
    }

    private static Outcome<OptionValue> name(byte[] octets) {
        return octets.length == 0 ? tooShort() : new Done<>(new Text(text(octets)));
    }

    /** Up to a NUL, or as long as a name may be. */
    private static String text(byte[] octets) {
        int end = 0;
        while (end < Math.min(octets.length, NAME - 1) && octets[end] != 0) end++;
        return new String(octets, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer in(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The octets of a struct timeval, whether or not there is such a time. */
    public static Octets time(long seconds, long micros) {
        var out = new byte[TIMEVAL];
        in(out).putLong(seconds).putLong(micros);
        return new Octets(out);
    }

    /** {@code value} as it lies in a program's memory. */
    public static byte[] encoded(SocketOption option, OptionValue value) {
        return switch (value) {
            case Int(int n) when option == SocketOption.SO_TIMESTAMPING ->
                    ints(n, 0); // struct so_timestamping, with no clock named
            case Int(int n) when option == SocketOption.SO_MAX_PACING_RATE ->
                    ints(n, n == -1 ? -1 : 0); // unsigned long
            case Int(int n) -> ints(n);
            case Linger(boolean on, int seconds) -> ints(on ? 1 : 0, seconds);
            case Time(long nanos) -> time(nanos / SECOND, nanos % SECOND / 1000).value();
            case Text(String text) when option == SocketOption.SO_BINDTODEVICE ->
                    Arrays.copyOf(
                            text.getBytes(StandardCharsets.ISO_8859_1),
                            text.isEmpty() ? 0 : text.length() + 1);
            case Text(String text) ->
                    Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), NAME);
            case Octets(byte[] octets) -> octets;
            case OptionValue.ConnectionInfo(TcpInfo info) -> info.octets();
            case Membership(var group, var address, int ifindex) -> {
                var out = new byte[IP_MREQN];
                ByteBuffer.wrap(out).putInt(group.bits()).putInt(address.bits());
                in(out).putInt(IP_MREQ, ifindex);
                yield out;
            }
            case OptionValue.Numbers(var numbers) ->
                    ints(numbers.stream().mapToInt(Integer::intValue).toArray());
        };
    }

    private static byte[] ints(int... numbers) {
        var out = new byte[INT * numbers.length];
        ByteBuffer at = in(out);
        for (int n : numbers) at.putInt(n);
        return out;
    }

    /**
     * What getsockopt(2) gives of {@code value}: all of it, or where it does not fit its first
     * octets; at level IPPROTO_IP one octet if that is enough for the number.
     *
     * @param room octets; EINVAL if negative
     */
    public static Outcome<OptionValue> limited(SocketOption option, OptionValue value, int room) {
        if (room < 0) return tooShort();
        byte[] octets = encoded(option, value);
        boolean isDevice = option == SocketOption.SO_BINDTODEVICE && octets.length > 0;
        if (isDevice && room < NAME) return tooShort();
        // as in sk_getsockopt(): more room than there is address is an error; a script names none
        boolean isPeer = option == SocketOption.SO_PEERNAME;
        if (isPeer && room > octets.length && room != Integer.MAX_VALUE) return tooShort();
        boolean isSyn = option == SocketOption.TCP_SAVED_SYN;
        if (isSyn && room < octets.length) return tooShort();
        boolean isCompat = option == SocketOption.SO_MAX_PACING_RATE && room < octets.length;
        if (isCompat) octets = Arrays.copyOf(octets, INT); // as a program of 32 bits has it
        if (room >= octets.length) return new Done<>(value);
        boolean isSmall = value instanceof Int(int n) && n >= 0 && n <= 0xFF && room > 0;
        int length = isSmall && option.level() == Level.IPPROTO_IP ? 1 : room;
        return new Done<>(new Octets(Arrays.copyOf(octets, length)));
    }
}
