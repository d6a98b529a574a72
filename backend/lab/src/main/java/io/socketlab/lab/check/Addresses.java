package io.socketlab.lab.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as calls and the trace write them. */
final class Addresses {

    record HostAndPort(String host, int port) {}

    private static final Pattern SHORT = Pattern.compile("(.*):(\\d+)");
    private static final Pattern PORT = Pattern.compile("sin_port=htons\\((\\d+)\\)");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:inet_addr\\(\"|inet_pton\\([^\"]*\")([^\"]*)\"");

    private Addresses() {}

    /** Reads {@code 10.0.0.2:80} or {@code {sa_family=…, sin_port=htons(80), …}}. */
    static Optional<HostAndPort> parse(String text) {
        if (text.startsWith("{")) {
            Matcher port = PORT.matcher(text);
            if (!port.find()) return Optional.empty();
            Matcher address = ADDRESS.matcher(text);
            String host = address.find() ? address.group(1) : "0.0.0.0";
            return Optional.of(new HostAndPort(host, Integer.parseInt(port.group(1))));
        }
        Matcher m = SHORT.matcher(text);
        if (!m.matches() || m.group(2).length() > 5) return Optional.empty();
        return Optional.of(new HostAndPort(m.group(1), Integer.parseInt(m.group(2))));
    }
}
