package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the calls of each task have cost, as a table for the console. */
final class CostTable {

    private final StringBuilder text = new StringBuilder();

    private CostTable() {
        line("TASK", CostTable::heading);
    }

    /**
     * Of every task that there is.
     *
     * @param host those of this one alone
     * @throws ScriptException if there is no such host
     */
    static String of(Network network, Source source, Optional<String> host) {
        List<String> names = network.hosts().stream().map(Host::name).toList();
        if (host.isPresent() && !names.contains(host.get())) {
            throw new ScriptException(
                    source.file(),
                    new Position(1, source.text().indexOf(host.get(), 4) + 1),
                    "expected one of the hosts "
                            + String.join(", ", names)
                            + ", found '"
                            + host.get()
                            + "'"
                            + Spelling.hint(host.get(), names));
        }
        var table = new CostTable();
        for (String name : host.map(List::of).orElse(names)) table.add(network.host(name));
        return table.text.toString();
    }

    private void add(Host host) {
        for (Task task : host.tasks()) {
            int number = task.number();
            line(
                    number == 1 ? host.name() : host.name() + "." + number,
                    cost -> Long.toString(task.costs().get(cost)));
        }
    }

    private void line(String first, Function<Cost, String> cell) {
        if (!text.isEmpty()) text.append('\n');
        text.append(String.format(Locale.ROOT, "%-12s", first));
        for (Cost cost : Cost.values()) {
            text.append(String.format(Locale.ROOT, " %9s", cell.apply(cost)));
        }
    }

    /** As pidstat(1) calls it, where it does. */
    private static String heading(Cost cost) {
        return switch (cost) {
            case CALLS -> "CALLS";
            case WAKE_UPS -> "WAKE-UPS";
            case VOLUNTARY_SWITCHES -> "CSWCH";
            case INVOLUNTARY_SWITCHES -> "NVCSWCH";
            case SCANNED -> "SCANNED";
            case TO_KERNEL -> "TO-KERNEL";
            case TO_USER -> "TO-USER";
        };
    }
}
