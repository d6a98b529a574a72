package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.sysctl.Sysctls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * sysctl(8).
 *
 * @param names of the settings, or {@code name=value}
 * @param write {@code -w}: those with a value are set
 * @param valuesOnly {@code -n}
 * @param all {@code -a}
 */
record SysctlCommand(List<String> names, boolean write, boolean valuesOnly, boolean all)
        implements ShortCommand {

    private static final String USAGE =
            "expected sysctl NAME, sysctl -n NAME, sysctl -w NAME=VALUE or sysctl -a";

    static Command read(Words words) {
        String options = words.options(USAGE, "nwa", List.of("values", "write", "all"));
        boolean all = options.contains("a");
        var names = new ArrayList<String>();
        while (!words.isEmpty()) {
            int offset = words.offset();
            String word = words.next(USAGE);
            if (!word.matches("[A-Za-z0-9_./-]+(=.*)?")) {
                throw new CommandException(offset, USAGE + ", found '" + word + "'");
            }
            names.add(word);
        }
        if (names.isEmpty() && !all) throw words.unexpected(USAGE);
        return new SysctlCommand(
                List.copyOf(names), options.contains("w"), options.contains("n"), all);
    }

    /** A setting's value, with tabs between its numbers as /proc has them; empty for none. */
    static Optional<String> value(Host host, String name) {
        if (!Sysctls.names().contains(name)) return Optional.empty();
        return Optional.of(host.sysctls().text(name).replace(' ', '\t'));
    }

    @Override
    public CommandResult run(ShellHost host) {
        var out = new StringBuilder();
        int status = 0;
        if (all) Sysctls.names().forEach(name -> show(host.kernel(), name, out));
        for (String word : names) {
            int equals = word.indexOf('=');
            String name = (equals < 0 ? word : word.substring(0, equals)).replace('/', '.');
            boolean done =
                    equals < 0
                            ? show(host.kernel(), name, out)
                            : set(host.kernel(), name, word.substring(equals + 1), out);
            if (!done) status = 1;
        }
        return new CommandResult(status, out.toString());
    }

    private boolean show(Host host, String name, StringBuilder out) {
        Optional<String> value = value(host, name);
        if (value.isEmpty()) return missing(name, out);
        out.append(valuesOnly ? "" : name + " = ").append(value.get()).append('\n');
        return true;
    }

    private static boolean missing(String name, StringBuilder out) {
        String path = "/proc/sys/" + name.replace('.', '/');
        out.append("sysctl: cannot stat ").append(path).append(": No such file or directory\n");
        return false;
    }

    private boolean set(Host host, String name, String value, StringBuilder out) {
        if (!Sysctls.names().contains(name)) return missing(name, out);
        try {
            host.sysctls().set(name, value);
        } catch (IllegalArgumentException e) {
            Errno errno = Sysctls.isMissing(name, value) ? Errno.ENOENT : Errno.EINVAL;
            out.append(Text.format("sysctl: setting key \"%s\": %s\n", name, errno.text()));
            return false;
        }
        out.append(valuesOnly ? "" : name + " = ").append(value.strip()).append('\n');
        return true;
    }
}
