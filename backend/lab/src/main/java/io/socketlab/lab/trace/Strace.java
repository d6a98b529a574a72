package io.socketlab.lab.trace;

import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The calls of a run as {@code strace -f -ttt -T} would have printed them, a host after the other:
 * a call another task gets in front of is {@code <unfinished ...>} and goes on as {@code <...
 * resumed>}. strace(1). Tasks stand where strace has thread ids; times count from the start of the
 * run.
 */
public final class Strace {

    private static final double NANOS = 1e9;
    private static final String UNFINISHED = " <unfinished ...>\n";

    /** A call that has not returned. */
    private record Open(long since, String name, String text) {}

    private final StringBuilder out = new StringBuilder();
    private final Map<Integer, Open> open = new HashMap<>();
    private final boolean severalTasks;

    /** By task, signals that have interrupted its call: strace tells of the call's end first. */
    private final Map<Integer, List<TraceEvent.SignalDelivered>> held = new HashMap<>();

    /**
     * The task whose call has been entered last, while nothing else has been printed; 0 for none.
     */
    private int pending;

    private Strace(boolean severalTasks) {
        this.severalTasks = severalTasks;
    }

    /** That of every host, each with its name in front. */
    public static String text(List<TraceEvent> events) {
        Map<String, List<TraceEvent>> byHost = new LinkedHashMap<>();
        for (TraceEvent event : events) {
            if (!isTold(event)) continue;
            byHost.computeIfAbsent(event.stamp().host(), _ -> new ArrayList<>()).add(event);
        }
        var all = new StringBuilder();
        byHost.forEach((host, ofHost) -> {
            if (!all.isEmpty()) all.append('\n');
            all.append("# ").append(host).append('\n').append(ofHost(ofHost));
        });
        return all.toString();
    }

    private static boolean isTold(TraceEvent event) {
        return task(event) != 0;
    }

    private static String ofHost(List<TraceEvent> events) {
        boolean several = events.stream().mapToInt(Strace::task).distinct().count() > 1;
        var strace = new Strace(several);
        events.forEach(strace::tell);
        strace.interrupt();
        return strace.out.toString();
    }

    /** Whose line it is; 0 if strace would not print it. */
    private static int task(TraceEvent event) {
        return switch (event) {
            case TraceEvent.CallEntered e -> e.task();
            case TraceEvent.CallReturned e -> e.task();
            case TraceEvent.SignalDelivered e -> e.task();
            case TraceEvent.TaskExited e -> e.task();
            case TraceEvent.ProcessExited e -> e.task();
            default -> 0;
        };
    }

    private void tell(TraceEvent event) {
        Stamp stamp = event.stamp();
        switch (event) {
            case TraceEvent.CallEntered e -> entered(e);
            case TraceEvent.CallReturned e -> returned(e);
            case TraceEvent.SignalDelivered e when interruptsCall(e) ->
                    held.computeIfAbsent(e.task(), _ -> new ArrayList<>()).add(e);
            case TraceEvent.SignalDelivered e -> signal(e);
            case TraceEvent.TaskExited e -> line(stamp, e.task(), "+++ exited with 0 +++");
            case TraceEvent.ProcessExited e ->
                    line(
                            stamp,
                            e.task(),
                            e.signal() == null
                                    ? "+++ exited with " + e.status() + " +++"
                                    : "+++ killed by " + e.signal() + " +++");
            default -> throw new IllegalArgumentException("not a line of strace: " + event);
        }
    }

    private boolean interruptsCall(TraceEvent.SignalDelivered e) {
        return e.call() != 0 && e.action().equals("handler") && open.containsKey(e.task());
    }

    private void signal(TraceEvent.SignalDelivered e) {
        line(e.stamp(), e.task(), "--- " + e.signal() + " {si_signo=" + e.signal() + "} ---");
    }

    private void entered(TraceEvent.CallEntered e) {
        interrupt();
        open.put(e.task(), new Open(e.stamp().at(), e.name(), e.text()));
        pending = e.task();
    }

    private void returned(TraceEvent.CallReturned e) {
        Open call = open.remove(e.task());
        if (call == null) throw new IllegalArgumentException("returns without having begun: " + e);
        if (pending == e.task()) {
            pending = 0;
            begin(call.since, e.task()).append(e.text());
        } else {
            interrupt();
            begin(e.stamp().at(), e.task())
                    .append("<... ")
                    .append(call.name)
                    .append(" resumed>")
                    .append(e.text().substring(common(call.text, e.text())));
        }
        double took = (e.stamp().at() - call.since) / NANOS;
        out.append(String.format(Locale.ROOT, " <%.6f>\n", took));
        List<TraceEvent.SignalDelivered> signals = held.remove(e.task());
        if (signals != null) signals.forEach(this::signal);
    }

    private void line(Stamp stamp, int task, String text) {
        interrupt();
        begin(stamp.at(), task).append(text).append('\n');
    }

    /** Something is to be printed while the call that was entered last has not returned. */
    private void interrupt() {
        Open call = open.get(pending);
        if (call != null) begin(call.since, pending).append(asFar(call.text)).append(UNFINISHED);
        pending = 0;
    }

    /** A call as it stands before it is known what it gives back. */
    private static String asFar(String text) {
        return text.endsWith(")") ? text.substring(0, text.length() - 1) : text;
    }

    /** How much of {@code entered} a returned call repeats: whole arguments. */
    private static int common(String entered, String returned) {
        String before = asFar(entered);
        if (returned.startsWith(before)) return before.length();
        int same = 0;
        int most = Math.min(before.length(), returned.length());
        while (same < most && before.charAt(same) == returned.charAt(same)) same++;
        int comma = returned.lastIndexOf(", ", same - 2);
        return comma < 0 ? returned.indexOf('(') + 1 : comma + 2;
    }

    private StringBuilder begin(long at, int task) {
        if (severalTasks) out.append("[pid ").append(task).append("] ");
        return out.append(String.format(Locale.ROOT, "%.6f ", at / NANOS));
    }
}
