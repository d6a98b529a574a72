package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the calls of each task have cost, as a table for the console, and the tasks' stacks. */
final class CostTable {

    private static final long MICROSECOND = 1000;
    private static final int KIBI = 1024;

    private final StringBuilder text = new StringBuilder();
    private final List<Cost> columns;

    private CostTable(List<Cost> columns) {
        this.columns = columns;
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
        List<Host> shown = host.map(List::of).orElse(names).stream().map(network::host).toList();
        boolean takesTime = shown.stream().anyMatch(h -> h.cpu().isPresent());
        List<Cost> columns =
                Arrays.stream(Cost.values()).filter(c -> takesTime || !c.isTime()).toList();
        var table = new CostTable(columns);
        shown.forEach(table::add);
        shown.forEach(table::stacks);
        return table.text.toString();
    }

    private void add(Host host) {
        for (Task task : host.tasks()) {
            int number = task.number();
            line(
                    number == 1 ? host.name() : host.name() + "." + number,
                    cost -> cell(cost, task.costs().get(cost)));
        }
    }

    /** As KernelStack of /proc/meminfo. */
    private void stacks(Host host) {
        long tasks = host.tasks().stream().filter(task -> !task.isOver()).count();
        text.append(
                String.format(
                        Locale.ROOT,
                        "\n%s: %d %s, %d KiB of kernel stacks",
                        host.name(),
                        tasks,
                        tasks == 1 ? "task" : "tasks",
                        tasks * Task.KERNEL_STACK / KIBI));
    }

    private static String cell(Cost cost, long count) {
        return cost.isTime()
                ? String.format(Locale.ROOT, "%.1f", (double) count / MICROSECOND)
                : Long.toString(count);
    }

    private void line(String first, Function<Cost, String> cell) {
        if (!text.isEmpty()) text.append('\n');
        text.append(String.format(Locale.ROOT, "%-12s", first));
        for (Cost cost : columns) {
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
            case CPU -> "CPU-US";
            case RUN_QUEUE_WAIT -> "WAIT-US";
        };
    }
}
