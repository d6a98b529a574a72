package io.socketlab.lab.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as calls and the trace write them. */
final class Addresses {

    record HostAndPort(String host, int port) {}

    private static final int LONGEST_PORT = 5;
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
        int colon = text.lastIndexOf(':');
        int digits = text.length() - colon - 1;
        if (colon < 0 || digits < 1 || digits > LONGEST_PORT) return Optional.empty();
        for (int i = colon + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return Optional.empty();
        }
        int port = Integer.parseInt(text, colon + 1, text.length(), 10);
        return Optional.of(new HostAndPort(text.substring(0, colon), port));
    }
}
