package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What the options of a script, and of the command line after them, set. The names are
 * packetdrill's. Where packetdrill picks an address by chance, here it is the one that public
 * suites pass.
 */
public final class Settings {

    private static final long MICRO = 1000;

    private String ipVersion = "ipv4";
    Ipv4Address localIp = address("192.168.0.1");
    Ipv4Address remoteIp = address("192.0.2.1");
    Ipv4Address gatewayIp = address("192.168.0.1");
    int prefixLength = 16;
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
        defines.put("CODE", "host_unreachable");
        defines.put("CMSG_LEVEL_IP", "SOL_IP");
        defines.put("CMSG_TYPE_RECVERR", "IP_RECVERR");
        defines.put("TFO_COOKIE", "3021b9d889017eeb");
        defines.put("TFO_COOKIE_ZERO", "b7c12350a90dc8f5");
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("expected an IPv4 address"));
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

    /** What makes a script one that cannot be run here, or empty. */
    String unsupported() {
        return ipVersion.equals("ipv4") ? "" : ipVersion;
    }

    private static Map<String, Consumer<String>> setters(Settings s) {
        var m = new LinkedHashMap<String, Consumer<String>>();
        m.put("ip_version", s::ipVersion);
        m.put("local_ip", v -> s.localIp = address(v));
        m.put("remote_ip", v -> s.remoteIp = address(withoutPrefix(v)));
        m.put("gateway_ip", v -> s.gatewayIp = address(v));
        m.put("netmask_ip", v -> s.prefixLength = Integer.bitCount(address(v).bits()));
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

    private void ipVersion(String value) {
        if (!List.of("ipv4", "ipv6", "ipv4-mapped-ipv6").contains(value)) {
            throw new IllegalArgumentException("expected ipv4, ipv4-mapped-ipv6 or ipv6");
        }
        ipVersion = value;
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
