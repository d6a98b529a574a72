package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.lab.packetdrill.ShellWords.SimpleCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does what the shell commands of a script would do to a real machine, where it means something to
 * a simulated one; of anything else it says that it is needed and not to be had.
 */
final class Shell {

    private final Machine machine;
    private final Path folder;
    private final CounterReport counters;

    /**
     * @param folder in which the script lies
     */
    Shell(Machine machine, Path folder) {
        this.machine = machine;
        this.folder = folder;
        this.counters = new CounterReport(machine);
    }

    /**
     * Runs {@code text}; answers whether its last command succeeded.
     *
     * @throws Unsupported if it asks for something that a simulated host does not have
     */
    boolean run(String text) {
        boolean success = true;
        for (SimpleCommand command :
                new ShellWords(text, Map.of("PPID", "1", "PACKETDRILL_PID", "1")).commands()) {
            boolean skip =
                    command.joint().equals("&&") && !success
                            || command.joint().equals("||") && success;
            if (!skip) success = run(command);
        }
        return success;
    }

    private boolean run(SimpleCommand command) {
        List<String> words = command.words();
        String program = words.getFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        List<String> arguments = words.subList(1, words.size());
        if (name.startsWith("sysctl_restore")) return true; // what was set is forgotten anyway
        return switch (name) {
            case "sysctl" -> sysctl(arguments);
            case "set_sysctls.py" -> setSysctls(arguments);
            case "defaults.sh" -> defaults(program);
            case ".", "source" -> !arguments.isEmpty() && defaults(arguments.getFirst());
            case "echo" -> echo(arguments, command.redirections());
            case "nstat" -> nstat();
            case "grep" -> grep(command, arguments);
            case "ip" -> ip(arguments);
            case "ifconfig" -> ifconfig(arguments);
            case "tc" -> tc(arguments);
            case "ethtool" -> ethtool(arguments);
            case "rm" -> remove(arguments);
            case "dd" -> copy(arguments);
            case "true", ":", "sleep", "sync", "modprobe", "date" -> true;
            case "false" -> false;
            default -> throw new Unsupported("the program " + name);
        };
    }

    private boolean remove(List<String> arguments) {
        for (String argument : arguments) {
            if (!argument.startsWith("-")) machine.removeFile(argument);
        }
        return true;
    }

    /** {@code dd bs=1 count=5 if=/dev/zero of=/tmp/file}: a file of zeros. */
    private boolean copy(List<String> arguments) {
        var operands = new LinkedHashMap<String, String>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) throw new Unsupported("dd " + argument);
            operands.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        String to = operands.get("of");
        if (to == null || !"/dev/zero".equals(operands.get("if"))) {
            throw new Unsupported("dd other than from /dev/zero to a file");
        }
        int block = Integer.parseInt(operands.getOrDefault("bs", "512"));
        int count = Integer.parseInt(operands.getOrDefault("count", "1"));
        machine.file(to, new byte[block * count]);
        return true;
    }

    private boolean nstat() {
        counters.ask();
        return true;
    }

    /** Of what nstat has printed; of files there are none. */
    private boolean grep(SimpleCommand command, List<String> arguments) {
        var words = new ArrayList<>(arguments);
        words.removeIf(w -> w.startsWith("-"));
        if (!command.joint().equals("|") || words.size() != 1) {
            throw new Unsupported("grep " + String.join(" ", arguments));
        }
        return counters.has(words.getFirst());
    }

    private boolean sysctl(List<String> arguments) {
        boolean ignoreUnknown = false;
        var settings = new ArrayList<String>();
        for (String argument : arguments) {
            if (argument.startsWith("-")) ignoreUnknown |= argument.contains("e");
            else settings.add(argument);
        }
        boolean success = true;
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 0) continue; // only asks
            String name = dotted(setting.substring(0, equals));
            if (!machine.hasSysctl(name)) {
                if (!ignoreUnknown) success = false;
                continue;
            }
            success &= set(name, setting.substring(equals + 1));
        }
        return success;
    }

    private boolean set(String name, String value) {
        try {
            machine.sysctl(name, value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String dotted(String name) {
        String path = name.startsWith("/proc/sys/") ? name.substring("/proc/sys/".length()) : name;
        return path.strip().replace('/', '.');
    }

    private boolean setSysctls(List<String> arguments) {
        boolean success = true;
        for (String setting : arguments) {
            int equals = setting.indexOf('=');
            if (equals < 0) return false;
            success &= set(dotted(setting.substring(0, equals)), setting.substring(equals + 1));
        }
        return success;
    }

    /** The file that suites share, or what it is known to set where it is not at hand. */
    private boolean defaults(String program) {
        Path file = folder.resolve(program).normalize();
        try {
            if (Files.isReadable(file)) return run(Files.readString(file));
        } catch (IOException e) {
            // as if it were not there
        }
        return run(SuiteDefaults.COMMANDS);
    }

    private boolean echo(List<String> arguments, List<String> redirections) {
        for (String redirection : redirections) {
            String file = redirection.substring(1);
            if (file.startsWith("/proc/sys/"))
                return set(dotted(file), String.join(" ", arguments));
            if (file.startsWith("/sys/module/")) {
                machine.moduleParameter(
                        file.substring("/sys/module/".length()).replace("/parameters/", "."),
                        String.join(" ", arguments));
                return true;
            }
        }
        return true;
    }

    private boolean ip(List<String> arguments) {
        var words = new ArrayList<>(arguments);
        words.removeIf(w -> w.equals("-4"));
        if (words.isEmpty()) return false;
        if (words.contains("-6")) return true; // of a family that the script does not use
        switch (words.getFirst()) {
            case "tcp_metrics" -> machine.flushTcpMetrics();
            case "route" -> route(words);
            case "link" -> link(words);
            default -> throw new Unsupported("ip " + words.getFirst());
        }
        return true;
    }

    private void link(List<String> words) {
        int mtu = words.indexOf("mtu");
        if (mtu < 0 || mtu + 1 == words.size()) throw new Unsupported(String.join(" ", words));
        machine.mtu(Integer.parseInt(words.get(mtu + 1)));
    }

    private boolean ifconfig(List<String> words) {
        link(words);
        return true;
    }

    private void route(List<String> words) {
        if (words.size() < 3) throw new Unsupported("ip " + String.join(" ", words));
        String destination = words.get(2);
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 3; i + 1 < words.size(); i += 2) {
            String name = words.get(i);
            if (words.get(i + 1).equals("lock")) i++;
            attributes.put(name, words.get(i + 1));
        }
        int slash = destination.indexOf('/');
        String address = slash < 0 ? destination : destination.substring(0, slash);
        boolean isDefault = destination.equals("default");
        int prefix =
                isDefault ? 0 : slash < 0 ? 32 : Integer.parseInt(destination.substring(slash + 1));
        machine.route(
                isDefault
                        ? Ipv4Address.ANY
                        : Ipv4Address.parse(address)
                                .orElseThrow(() -> new Unsupported("a route to " + destination)),
                prefix,
                attributes);
    }

    /** Segments are cut before they are seen here, whoever cuts them: offloads change nothing. */
    private static boolean ethtool(List<String> words) {
        if (!words.isEmpty() && words.getFirst().equals("-K")) return true;
        throw new Unsupported("ethtool " + String.join(" ", words));
    }

    private boolean tc(List<String> words) {
        int root = words.indexOf("root");
        if (!words.contains("qdisc") || root < 0) {
            throw new Unsupported("tc " + String.join(" ", words));
        }
        if (words.contains("delete") || words.contains("del") || root + 1 == words.size()) {
            machine.qdisc("pfifo_fast", -1);
            return true;
        }
        int limit = words.indexOf("limit");
        machine.qdisc(words.get(root + 1), limit < 0 ? -1 : Integer.parseInt(words.get(limit + 1)));
        return true;
    }
}
