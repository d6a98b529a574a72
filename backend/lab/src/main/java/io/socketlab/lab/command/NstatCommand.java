package io.socketlab.lab.command;

import io.socketlab.lab.command.MibTable.Group;
import java.util.ArrayList;
import java.util.List;

/**
 * nstat(8): what has been counted since it was last asked.
 *
 * @param absolute {@code -a}: since the host was started
 * @param zeros {@code -z}: also what has not been counted
 * @param silent {@code -n}: print nothing
 * @param keep {@code -s}: ask again from where it was last asked
 * @param patterns of the names to be shown; all of them for none
 */
record NstatCommand(
        boolean absolute, boolean zeros, boolean silent, boolean keep, List<String> patterns)
        implements ShortCommand {

    private static final String USAGE =
            "expected nstat with some of -a (absolute), -z (zeros too), -n (only remember), -s (do"
                    + " not remember), and names such as TcpExtTCPTimeouts or 'Tcp*'";

    static Command read(Words words) {
        String options =
                words.options(USAGE, "azns", List.of("absolute", "zeros", "nooutput", "noupdate"));
        var patterns = new ArrayList<String>();
        while (!words.isEmpty()) {
            int offset = words.offset();
            String pattern = words.next(USAGE);
            if (!pattern.matches("[A-Za-z0-9*?]+")) {
                throw new CommandException(offset, USAGE + ", found '" + pattern + "'");
            }
            patterns.add(pattern);
        }
        return new NstatCommand(
                options.contains("a"),
                options.contains("z"),
                options.contains("n"),
                options.contains("s"),
                List.copyOf(patterns));
    }

    @Override
    public CommandResult run(ShellHost host) {
        var table = new MibTable(host.kernel());
        var out = new StringBuilder(silent ? "" : "#kernel\n");
        for (Group group : table.snmp()) print(out, group, host);
        for (Group group : table.netstat()) print(out, group, host);
        if (!keep) host.rememberCounters(table.values());
        return CommandResult.of(out.toString());
    }

    private void print(StringBuilder out, Group group, ShellHost host) {
        if (silent) return;
        for (int i = 0; i < group.names().size(); i++) {
            String name = group.group() + group.names().get(i);
            long before = absolute ? 0 : host.lastCounters().getOrDefault(name, 0L);
            long value = group.values().get(i) - before;
            if (!group.isCounter(i) || !isAsked(name) || value == 0 && !zeros) continue;
            out.append(Text.format("%-32s%-16d%6.1f\n", name, value, 0.0));
        }
    }

    private boolean isAsked(String name) {
        if (patterns.isEmpty()) return true;
        return patterns.stream()
                .anyMatch(p -> name.matches(p.replace("*", ".*").replace("?", ".")));
    }
}
