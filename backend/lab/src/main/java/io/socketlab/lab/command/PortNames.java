package io.socketlab.lab.command;

import java.util.Map;

/** Some of /etc/services: how ports are called where {@code -n} does not ask for numbers. */
final class PortNames {

    // looked up and never iterated over
    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(7, "echo"),
                    Map.entry(9, "discard"),
                    Map.entry(13, "daytime"),
                    Map.entry(22, "ssh"),
                    Map.entry(23, "telnet"),
                    Map.entry(25, "smtp"),
                    Map.entry(37, "time"),
                    Map.entry(53, "domain"),
                    Map.entry(67, "bootps"),
                    Map.entry(68, "bootpc"),
                    Map.entry(69, "tftp"),
                    Map.entry(79, "finger"),
                    Map.entry(80, "http"),
                    Map.entry(110, "pop3"),
                    Map.entry(123, "ntp"),
                    Map.entry(143, "imap2"),
                    Map.entry(179, "bgp"),
                    Map.entry(443, "https"),
                    Map.entry(3306, "mysql"),
                    Map.entry(5432, "postgresql"),
                    Map.entry(6379, "redis"),
                    Map.entry(8080, "http-alt"));

    private PortNames() {}

    static String of(int port, boolean numeric) {
        if (port == 0) return "*";
        String name = numeric ? null : NAMES.get(port);
        return name == null ? Integer.toString(port) : name;
    }
}
