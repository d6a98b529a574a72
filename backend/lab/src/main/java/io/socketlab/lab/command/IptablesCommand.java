package io.socketlab.lab.command;

import io.socketlab.kernel.ip.Firewall;
import io.socketlab.kernel.ip.FirewallRule;
import io.socketlab.kernel.ip.FirewallRule.Target;
import io.socketlab.kernel.wire.Ipv4Header;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * iptables(8), as far as its filter table's INPUT chain.
 *
 * @param rule the one that it appends or deletes
 * @param allChains {@code -S} without a chain
 */
record IptablesCommand(Action action, Optional<FirewallRule> rule, boolean allChains)
        implements ShortCommand {

    private static final String USAGE =
            "expected iptables -A INPUT [-p tcp|udp|icmp] [--dport PORT] -j ACCEPT|DROP|REJECT, -D INPUT"
                    + " …, -F INPUT or -S INPUT";
    private static final int USUAL_CODE = 3;
    private static final Map<String, Integer> PROTOCOLS =
            new TreeMap<>(
                    Map.of("tcp", Ipv4Header.TCP, "udp", Ipv4Header.UDP, "icmp", Ipv4Header.ICMP));

    /** The codes of RFC 792, RFC 1122 §3.2.2.1 and RFC 1812 §5.2.7.1. */
    private static final Map<String, Integer> ANSWERS =
            new TreeMap<>(
                    Map.of(
                            "icmp-net-unreachable", 0,
                            "icmp-host-unreachable", 1,
                            "icmp-proto-unreachable", 2,
                            "icmp-port-unreachable", USUAL_CODE,
                            "icmp-net-prohibited", 9,
                            "icmp-host-prohibited", 10,
                            "icmp-admin-prohibited", 13));

    private enum Action {
        APPEND,
        DELETE,
        FLUSH,
        SHOW
    }

    static Command read(Words words) {
        Action action =
                switch (words.next(USAGE)) {
                    case "-A", "--append" -> Action.APPEND;
                    case "-D", "--delete" -> Action.DELETE;
                    case "-F", "--flush" -> Action.FLUSH;
                    case "-S", "--list-rules" -> Action.SHOW;
                    default -> throw words.unexpected(USAGE);
                };
        boolean whole = action == Action.FLUSH || action == Action.SHOW;
        boolean allChains = whole && words.isEmpty();
        if (!allChains && !words.accept("INPUT")) {
            throw words.unknown("expected the chain INPUT", List.of("INPUT"));
        }
        Optional<FirewallRule> rule = whole ? Optional.empty() : Optional.of(rule(words));
        words.end(USAGE);
        return new IptablesCommand(action, rule, allChains);
    }

    private static FirewallRule rule(Words words) {
        int protocol = words.accept("-p") ? known(words, "a protocol", PROTOCOLS) : 0;
        if (words.accept("-m")) known(words, "a protocol", PROTOCOLS);
        int at = words.offset();
        int port = words.accept("--dport") ? words.number("a port", 1, 0xFFFF) : 0;
        if (port > 0 && protocol != Ipv4Header.TCP && protocol != Ipv4Header.UDP) {
            throw new CommandException(at, "expected -p tcp or -p udp before --dport");
        }
        if (!words.accept("-j")) throw words.unexpected(USAGE);
        List<String> targets = List.of("ACCEPT", "DROP", "REJECT");
        String expected = "expected a target: " + String.join(", ", targets);
        if (!targets.contains(words.peek())) throw words.unknown(expected, targets);
        Target target =
                switch (words.next(expected)) {
                    case "ACCEPT" -> new Target.Accept();
                    case "DROP" -> new Target.Drop();
                    default ->
                            new Target.Reject(
                                    words.accept("--reject-with")
                                            ? known(words, "an answer", ANSWERS)
                                            : USUAL_CODE);
                };
        return new FirewallRule(protocol, port, target);
    }

    private static int known(Words words, String what, Map<String, Integer> values) {
        String expected = "expected " + what + ": " + String.join(", ", values.keySet());
        Integer value = values.get(words.peek());
        if (value == null) throw words.unknown(expected, values.keySet());
        words.next(expected);
        return value;
    }

    @Override
    public CommandResult run(ShellHost host) {
        Firewall firewall = host.kernel().ip().firewall();
        return switch (action) {
            case APPEND -> {
                rule.ifPresent(firewall::append);
                yield new CommandResult(0, "");
            }
            case DELETE -> {
                boolean there = rule.map(firewall::delete).orElse(false);
                yield there
                        ? new CommandResult(0, "")
                        : new CommandResult(
                                1,
                                "iptables: Bad rule (does a matching rule exist in that chain?).\n");
            }
            case FLUSH -> {
                firewall.flush();
                yield new CommandResult(0, "");
            }
            case SHOW -> {
                var out = new StringBuilder("-P INPUT ACCEPT\n");
                if (allChains) out.append("-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n");
                for (FirewallRule each : firewall.rules()) out.append(text(each)).append('\n');
                yield new CommandResult(0, out.toString());
            }
        };
    }

    /** As {@code iptables -S} prints it. */
    private static String text(FirewallRule rule) {
        var text = new StringBuilder("-A INPUT");
        if (rule.protocol() > 0) {
            String protocol = name(PROTOCOLS, rule.protocol());
            text.append(" -p ").append(protocol);
            if (rule.port() > 0) {
                text.append(" -m ").append(protocol).append(" --dport ").append(rule.port());
            }
        }
        return text.append(" -j ")
                .append(
                        switch (rule.target()) {
                            case Target.Accept _ -> "ACCEPT";
                            case Target.Drop _ -> "DROP";
                            case Target.Reject(int code) ->
                                    "REJECT --reject-with " + name(ANSWERS, code);
                        })
                .toString();
    }

    private static String name(Map<String, Integer> names, int value) {
        return names.entrySet().stream()
                .filter(e -> e.getValue() == value)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
