package io.socketlab.lab.run;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.script.Who;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every task is doing, by what the trace has said. */
final class TaskBoard {

    private record Key(String host, int task) {}

    /** The last call of a task, or function of its library, and how far it has come. */
    private static final class LastCall {
        private final String name;
        private final String text;

        /** The function whose call it is; null for none. */
        private final @Nullable LastCall function;

        private String reason = "";
        private @Nullable Returned returned;

        LastCall(String name, String text, @Nullable LastCall function) {
            this.name = name;
            this.text = text;
            this.function = function;
        }
    }

    /**
     * How a call or function has returned.
     *
     * @param errno its symbol, if it has failed
     * @param text as strace prints it
     */
    record Returned(long result, Optional<String> errno, String text) {}

    private final Map<Key, LastCall> last = new LinkedHashMap<>();
    private int returns;

    void accept(TraceEvent event) {
        String host = event.stamp().host();
        switch (event) {
            case TraceEvent.FunctionEntered e ->
                    last.put(new Key(host, e.task()), new LastCall(e.name(), e.text(), null));
            case TraceEvent.FunctionReturned e -> returned(new Key(host, e.task()), e);
            case TraceEvent.CallEntered e -> entered(new Key(host, e.task()), e);
            case TraceEvent.CallBlocked e -> {
                LastCall call = last.get(new Key(host, e.task()));
                if (call != null) call.reason = e.reason();
            }
            case TraceEvent.CallReturned e -> {
                LastCall call = last.get(new Key(host, e.task()));
                if (call != null) {
                    var errno = Optional.ofNullable(e.errno());
                    call.returned = new Returned(e.result(), errno, e.text());
                }
                returns++;
            }
            default -> {} // no affair of a task's
        }
    }

    private void entered(Key key, TraceEvent.CallEntered e) {
        LastCall before = last.get(key);
        LastCall function = null;
        if (before != null) function = before.function != null ? before.function : before;
        boolean inFunction = function != null && function.returned == null;
        last.put(key, new LastCall(e.name(), e.text(), inFunction ? function : null));
    }

    private void returned(Key key, TraceEvent.FunctionReturned e) {
        LastCall call = last.get(key);
        if (call == null) return;
        LastCall function = call.function == null ? call : call.function;
        function.returned = new Returned(e.result(), Optional.empty(), e.text());
        last.put(key, function);
        returns++;
    }

    /** How many calls have returned in this run. */
    int returns() {
        return returns;
    }

    boolean isBlocked(Who who) {
        LastCall call = last.get(key(who));
        return call != null && call.returned == null;
    }

    boolean isSleeping(Who who) {
        LastCall call = last.get(key(who));
        return call != null && call.returned == null && call.name.equals("sleep");
    }

    boolean isAnyBlocked() {
        return last.values().stream().anyMatch(call -> call.returned == null);
    }

    /** How the task's last call returned; empty while it has not. */
    Optional<Returned> lastReturn(Who who) {
        return Optional.ofNullable(last.get(key(who))).map(call -> call.returned);
    }

    /** {@code listen(3, 5) = 0}, or what the task's last call is waiting for. */
    Optional<String> lastLine(Who who) {
        LastCall call = last.get(key(who));
        if (call == null) return Optional.empty();
        Returned returned = call.returned;
        if (returned != null) return Optional.of(returned.text());
        String caller = call.function == null ? "" : call.function.text + ": ";
        return Optional.of(caller + call.text + " … waiting: " + call.reason);
    }

    List<TaskSummary> summaries() {
        var tasks = new ArrayList<TaskSummary>();
        last.forEach((key, call) -> {
            Optional<LastCall> waiting = Optional.of(call).filter(c -> c.returned == null);
            tasks.add(
                    new TaskSummary(
                            key.host(),
                            key.task(),
                            waiting.map(c -> c.text),
                            waiting.map(c -> c.reason)));
        });
        return tasks;
    }

    private static Key key(Who who) {
        return new Key(who.host(), who.task());
    }
}
