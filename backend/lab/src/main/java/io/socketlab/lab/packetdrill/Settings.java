package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What the options of a script, and of the command line after them, set. The names are
 * packetdrill's. Where packetdrill picks an address by chance, here it is the one that public
 * suites pass.
 */
public final class Settings {

    private static final long MICRO = 1000;

    private static final int IPV6_PREFIX = 48;

    IpVersion ipVersion = IpVersion.IPV4;
    private IpVersion suite = IpVersion.IPV4;

    /** As they are on the wire. */
    IpAddress localIp = Ipv4Address.ANY;

    IpAddress remoteIp = Ipv4Address.ANY;
    IpAddress gatewayIp = Ipv4Address.ANY;
    int prefixLength = 16;

    private final Map<String, String> addresses = new LinkedHashMap<>();
    int bindPort = 8080;
    int connectPort = 8080;
    int mtu = 1500;

    /** Octets of text to a segment in what the network card has joined; 0 if it joins none. */
    int mss;

    /** Nanoseconds by which anything may come too early or too late. */
    long tolerance = 4000 * MICRO;

    /** Likewise, as a part of the time since the event before it. */
    double tolerancePercent = 12.5;

    /** Nanoseconds of a tick of the peer's clock in timestamps; 0 if they are not compared. */
    long timestampTick;

    boolean timestampEchoScaled;
    boolean strictSegments;
    boolean anyIp;

    private final Map<String, String> defines = new LinkedHashMap<>();

    public Settings() {
        suiteFor(IpVersion.IPV4);
    }

    /**
     * What suites let their runner say where it runs them for {@code version}: addresses, and words
     * that depend on them.
     */
    void suiteFor(IpVersion version) {
        suite = version;
        boolean ipv6Packets = version.hasIpv6Packets();
        boolean ipv6Sockets = version.hasIpv6Sockets();
        defines.put("CODE", ipv6Packets ? "address_unreachable" : "host_unreachable");
        defines.put("CMSG_LEVEL_IP", ipv6Sockets ? "SOL_IPV6" : "SOL_IP");
        defines.put("CMSG_TYPE_RECVERR", ipv6Sockets ? "IPV6_RECVERR" : "IP_RECVERR");
        defines.put("TFO_COOKIE", ipv6Packets ? "c1d1e9742a47a9bc" : "3021b9d889017eeb");
        defines.put("TFO_COOKIE_ZERO", ipv6Packets ? "82af1a8f9a205c34" : "b7c12350a90dc8f5");
    }

    /**
     * All options are set: the addresses are those of the version, or what it has by default.
     *
     * @throws IllegalArgumentException if one is of the other family
     */
    void complete() {
        boolean ipv6 = ipVersion.hasIpv6Packets();
        if (!ipv6) {
            byDefault("192.168.0.1", "192.0.2.1", "192.168.0.1");
        } else if (suite == ipVersion) {
            byDefault("fd3d:0a0b:17d6::1", "fd3d:fa7b:d17d::1", "fd3d:0a0b:17d6:8888::1");
        } else {
            byDefault("fd3d:fa7b:d17d::1", "2001:db8::1", "fd3d:fa7b:d17d:8888::");
        }
        if (ipv6) prefixLength = IPV6_PREFIX;
    }

    private void byDefault(String local, String remote, String gateway) {
        localIp = address("local_ip", local);
        remoteIp = address("remote_ip", remote);
        gatewayIp = address("gateway_ip", gateway);
    }

    private IpAddress address(String option, String otherwise) {
        String written = addresses.getOrDefault(option, otherwise);
        Optional<? extends IpAddress> address =
                ipVersion.hasIpv6Packets()
                        ? Ipv6Address.parse(written)
                        : Ipv4Address.parse(written);
        if (address.isPresent()) return address.get();
        throw new IllegalArgumentException(
                "--"
                        + option
                        + ": expected an address of "
                        + (ipVersion.hasIpv6Packets() ? "IPv6" : "IPv4")
                        + ", found "
                        + written);
    }

    /** What words of the script stand for other text, {@code -D NAME=value}. */
    public Map<String, String> defines() {
        return defines;
    }

    /** The names of the options there are. */
    static List<String> names() {
        return List.copyOf(setters(new Settings()).keySet());
    }

    /**
     * Sets an option.
     *
     * @param value empty for one that has none
     * @throws IllegalArgumentException with what was expected
     */
    public void set(String name, String value) {
        Consumer<String> setter = setters(this).get(name);
        if (setter == null) throw new IllegalArgumentException("there is no option --" + name);
        setter.accept(value);
    }

    private static Map<String, Consumer<String>> setters(Settings s) {
        var m = new LinkedHashMap<String, Consumer<String>>();
        m.put("ip_version", v -> s.ipVersion = IpVersion.of(v));
        m.put("local_ip", v -> s.address("local_ip", v, v));
        m.put("remote_ip", v -> s.address("remote_ip", v, withoutPrefix(v)));
        m.put("gateway_ip", v -> s.address("gateway_ip", v, v));
        m.put("netmask_ip", v -> s.prefixLength = prefixLength(v));
        m.put("bind_port", number(1, 65_535, v -> s.bindPort = (int) v));
        m.put("connect_port", number(1, 65_535, v -> s.connectPort = (int) v));
        m.put("mtu", number(68, 65_535, v -> s.mtu = (int) v));
        m.put("mss", number(1, 65_495, v -> s.mss = (int) v));
        m.put("tolerance_usecs", number(1, 1_000_000_000, v -> s.tolerance = v * MICRO));
        m.put("tolerance_percent", s::tolerancePercent);
        m.put("tcp_ts_tick_usecs", number(0, 1_000_000, v -> s.timestampTick = v * MICRO));
        m.put("tcp_ts_ecr_scaled", _ -> s.timestampEchoScaled = true);
        m.put("strict_segments", _ -> s.strictSegments = true);
        m.put("is_anyip", _ -> s.anyIp = true);
        m.put("define", s::define);
        // of how the tool looks after a real machine: nothing to do here
        for (String machine :
                List.of(
                        "send_omit_free",
                        "code_command",
                        "code_format",
                        "code_sockopt",
                        "speed",
                        "non_fatal",
                        "init_scripts",
                        "debug",
                        "verbose")) {
            m.put(machine, _ -> {});
        }
        return m;
    }

    private void address(String option, String written, String address) {
        if (IpAddress.parse(address).isEmpty()) {
            throw new IllegalArgumentException("expected an address, found " + written);
        }
        addresses.put(option, address);
    }

    private static int prefixLength(String mask) {
        return Ipv4Address.parse(mask)
                .map(bits -> Integer.bitCount(bits.bits()))
                .orElseThrow(() -> new IllegalArgumentException("expected an IPv4 netmask"));
    }

    private void tolerancePercent(String value) {
        try {
            tolerancePercent = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a percentage", e);
        }
        if (!(tolerancePercent >= 0 && tolerancePercent <= 100)) {
            throw new IllegalArgumentException("expected a percentage from 0 to 100");
        }
    }

    /** {@code NAME=value}. */
    public void define(String definition) {
        int equals = definition.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("expected NAME=value");
        defines.put(definition.substring(0, equals), definition.substring(equals + 1));
    }

    private static String withoutPrefix(String address) {
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }

    private static Consumer<String> number(long least, long most, LongConsumer set) {
        return value -> {
            long number;
            try {
                number = Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("expected a number", e);
            }
            if (number < least || number > most) {
                throw new IllegalArgumentException(
                        "expected a number from " + least + " to " + most);
            }
            set.accept(number);
        };
    }
}
