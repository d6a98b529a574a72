package io.socketlab.lab.command;

import io.socketlab.kernel.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/** The options of ping(8), with its defaults. */
final class PingOptions {

    /** {@code -M}: what becomes of packets larger than the path's MTU. */
    enum PathMtu {
        /** They are not sent. */
        DO,
        /** They are fragmented here; nothing else may be fragmented on the way. */
        WANT,
        /** Anybody may fragment anything. */
        DONT
    }

    private static final String USAGE =
            "expected ping -c COUNT [-i SECONDS] [-W SECONDS] [-s OCTETS] [-t TTL] [-M do|want|dont]"
                    + " [-q] [-n] [-4|-6] and a host";
    private static final List<String> OPTIONS =
            List.of("-c", "-i", "-W", "-s", "-t", "-M", "-q", "-n", "-4", "-6");
    private static final int MOST_PACKETS = 10_000;

    /** What an IPv4 packet has room for, behind its header and that of ICMP. */
    private static final int MOST_DATA = 65_507;

    private static final int MOST_SECONDS = 3600;

    private int count;
    private long interval = 1_000_000_000;
    private long linger = 10_000_000_000L;
    private int length = 56;
    private int ttl = 64;
    private PathMtu pathMtu = PathMtu.WANT;
    private boolean quiet;
    private boolean numeric;
    private int family;
    private String target = "";

    private PingOptions() {}

    static Ping read(Words words) {
        var options = new PingOptions();
        options.target = words.operand(USAGE, options::option);
        if (options.count == 0) {
            throw words.unexpected("expected -c COUNT as well: nobody presses Ctrl-C here");
        }
        return new Ping(options);
    }

    private void option(Words words) {
        if (!OPTIONS.contains(words.peek())) throw words.unknown(USAGE, OPTIONS);
        switch (words.next(USAGE)) {
            case "-c" -> count = words.number("how many packets", 1, MOST_PACKETS);
            case "-i" -> interval = words.seconds("a pause", MOST_SECONDS);
            case "-W" -> linger = words.seconds("how long to wait", MOST_SECONDS);
            case "-s" -> length = words.number("octets of data", 0, MOST_DATA);
            case "-t" -> ttl = words.number("a time to live", 1, 255);
            case "-M" -> pathMtu = pathMtu(words);
            case "-q" -> quiet = true;
            case "-n" -> numeric = true;
            case "-4" -> family = 4;
            default -> family = 6;
        }
    }

    private static PathMtu pathMtu(Words words) {
        if (words.accept("do")) return PathMtu.DO;
        if (words.accept("want")) return PathMtu.WANT;
        if (words.accept("dont")) return PathMtu.DONT;
        throw words.unknown("expected do, want or dont", List.of("do", "want", "dont"));
    }

    /** The address that is meant, if there is one; of both families IPv6, where it is reached. */
    Optional<? extends IpAddress> address(ShellHost host) {
        if (family == 4) return host.resolve(target);
        Optional<? extends IpAddress> ipv6 = host.resolveIpv6(target);
        Optional<? extends IpAddress> ipv4 = host.resolve(target);
        if (family == 6) return ipv6;
        boolean reached = ipv6.flatMap(a -> host.kernel().ip().route(a)).isPresent();
        return ipv6.isPresent() && (reached || ipv4.isEmpty()) ? ipv6 : ipv4;
    }

    /** Requests to send. */
    int count() {
        return count;
    }

    /** Nanoseconds from one to the next. */
    long interval() {
        return interval;
    }

    /** Nanoseconds for which the last is waited for where nothing has come at all. */
    long linger() {
        return linger;
    }

    /** Octets of data. */
    int length() {
        return length;
    }

    int ttl() {
        return ttl;
    }

    PathMtu pathMtu() {
        return pathMtu;
    }

    /** Only the first line and the statistics are printed. */
    boolean quiet() {
        return quiet;
    }

    /** No names: also where an address was written. */
    boolean numeric() {
        return numeric || IpAddress.parse(target).isPresent();
    }

    String target() {
        return target;
    }
}
