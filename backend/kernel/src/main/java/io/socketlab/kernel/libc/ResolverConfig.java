package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.DnsName;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /etc/resolv.conf}: whom to ask for names. resolv.conf(5).
 *
 * @param servers in the order in which to ask; three at most
 * @param search the domains in which a short name is looked for
 * @param timeout seconds to wait for an answer
 * @param attempts how often each server is asked
 * @param dots a name with so many is first taken for a whole one
 */
record ResolverConfig(
        List<Ipv4Address> servers, List<DnsName> search, int timeout, int attempts, int dots) {

    static final String PATH = "/etc/resolv.conf";

    private static final int MAX_SERVERS = 3;
    private static final int MAX_SEARCH = 6;
    private static final int TIMEOUT = 5;
    private static final int MAX_TIMEOUT = 30;
    private static final int ATTEMPTS = 2;
    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_DOTS = 15;

    ResolverConfig {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
    }

    /** Reads the file. What it does not know it passes over, as glibc does. */
    static ResolverConfig parse(String contents) {
        List<Ipv4Address> servers = new ArrayList<>();
        List<DnsName> search = new ArrayList<>();
        int timeout = TIMEOUT;
        int attempts = ATTEMPTS;
        int dots = 1;
        for (String line : contents.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            switch (words[0]) {
                case "nameserver" -> {
                    Optional<Ipv4Address> server =
                            words.length > 1 ? Ipv4Address.parse(words[1]) : Optional.empty();
                    if (servers.size() < MAX_SERVERS) server.ifPresent(servers::add);
                }
                case "search", "domain" -> {
                    search.clear(); // the last line counts
                    for (int i = 1; i < Math.min(words.length, MAX_SEARCH + 1); i++) {
                        DnsName.parse(words[i]).ifPresent(search::add);
                    }
                }
                case "options" -> {
                    for (int i = 1; i < words.length; i++) {
                        timeout = option(words[i], "timeout:", timeout, MAX_TIMEOUT);
                        attempts = option(words[i], "attempts:", attempts, MAX_ATTEMPTS);
                        dots = option(words[i], "ndots:", dots, MAX_DOTS);
                    }
                }
                default -> {} // a comment, or what this resolver does not know
            }
        }
        // with no server given, one on this host is asked
        if (servers.isEmpty()) servers.add(Ipv4Address.LOOPBACK);
        return new ResolverConfig(servers, search, timeout, attempts, dots);
    }

    private static int option(String word, String name, int otherwise, int most) {
        String value = word.startsWith(name) ? word.substring(name.length()) : "";
        return value.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(value), most) : otherwise;
    }

    /** Milliseconds to wait for server {@code index}: res_send.c, send_dg(). */
    int timeoutMs(int index) {
        int seconds = timeout << index;
        if (index > 0) seconds /= servers.size();
        return 1000 * Math.max(seconds, 1);
    }
}
