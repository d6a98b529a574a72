package io.socketlab.lab.command;

import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * hping3(8) in its TCP mode: sends segments that it makes itself, from whatever address, and tells
 * what answers come.
 */
record Hping(HpingOptions options) implements LastingCommand {

    /** Of the headers of IP and TCP, octets. */
    private static final int HEADERS = 40;

    /** In the order in which hping3 prints them; its bits are those of the header. */
    private static final String FLAGS = "RSAFPU";

    @Override
    public void start(ShellHost host, Terminal terminal) {
        Optional<Ipv4Address> target = host.resolve(options.target());
        Optional<Ipv4Address> spoofed = options.source().flatMap(host::resolve);
        if (target.isEmpty()) {
            unresolved(terminal, options.target());
            return;
        }
        if (options.source().isPresent() && spoofed.isEmpty()) {
            unresolved(terminal, options.source().get());
            return;
        }
        Optional<Route> route = host.kernel().ip().route(target.get());
        if (route.isEmpty()) {
            terminal.print("[send_ip] sendto: Network is unreachable\n");
            terminal.exit(1);
            return;
        }
        var out = route.get().out();
        terminal.print(
                "HPING %s (%s %s): %s set, %d headers + %d data bytes\n"
                        .formatted(
                                options.target(),
                                out == null ? IpLinks.LOOPBACK : out.device(),
                                target.get(),
                                flags(options.flags()),
                                HEADERS,
                                options.data()));
        Ipv4Address own = (Ipv4Address) route.get().source();
        new HpingRun(options, host, terminal, target.get(), own, spoofed.orElse(own)).begin();
    }

    private static void unresolved(Terminal terminal, String name) {
        terminal.print("Unable to resolve '" + name + "'\n");
        terminal.exit(1);
    }

    private static String flags(int flags) {
        if (flags == 0) return "NO FLAGS are";
        return letters(flags);
    }

    /** {@code SA}. */
    static String letters(int flags) {
        var letters = new StringJoiner("");
        for (int i = 0; i < FLAGS.length(); i++) {
            char letter = FLAGS.charAt(i);
            if ((flags & bit(letter)) != 0) letters.add(String.valueOf(letter));
        }
        return letters.toString();
    }

    private static int bit(char letter) {
        return 1 << "FSRPAU".indexOf(letter);
    }
}
