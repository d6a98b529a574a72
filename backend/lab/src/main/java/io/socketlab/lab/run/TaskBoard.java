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

    /** The last call of a task, and how far it has come. */
    private static final class LastCall {
        private final TraceEvent.CallEntered entered;
        private TraceEvent.@Nullable CallBlocked blocked;
        private TraceEvent.@Nullable CallReturned returned;

        LastCall(TraceEvent.CallEntered entered) {
            this.entered = entered;
        }
    }

    private final Map<Key, LastCall> last = new LinkedHashMap<>();
    private int returns;

    void accept(TraceEvent event) {
        String host = event.stamp().host();
        if (event instanceof TraceEvent.CallEntered entered) {
            last.put(new Key(host, entered.task()), new LastCall(entered));
        } else if (event instanceof TraceEvent.CallBlocked blocked) {
            LastCall call = last.get(new Key(host, blocked.task()));
            if (call != null) call.blocked = blocked;
        } else if (event instanceof TraceEvent.CallReturned returned) {
            LastCall call = last.get(new Key(host, returned.task()));
            if (call != null) call.returned = returned;
            returns++;
        }
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
        return call != null && call.returned == null && call.entered.name().equals("sleep");
    }

    boolean isAnyBlocked() {
        return last.values().stream().anyMatch(call -> call.returned == null);
    }

    /** How the task's last call returned; empty while it has not. */
    Optional<TraceEvent.CallReturned> lastReturn(Who who) {
        return Optional.ofNullable(last.get(key(who))).map(call -> call.returned);
    }

    /** {@code listen(3, 5) = 0}, or what the task's last call is waiting for. */
    Optional<String> lastLine(Who who) {
        LastCall call = last.get(key(who));
        if (call == null) return Optional.empty();
        TraceEvent.CallReturned returned = call.returned;
        if (returned != null) return Optional.of(returned.text());
        return Optional.of(call.entered.text() + " … waiting: " + reason(call));
    }

    private static String reason(LastCall call) {
        TraceEvent.CallBlocked blocked = call.blocked;
        return blocked == null ? "" : blocked.reason();
    }

    List<TaskSummary> summaries() {
        var tasks = new ArrayList<TaskSummary>();
        last.forEach((key, call) -> {
            Optional<LastCall> waiting = Optional.of(call).filter(c -> c.returned == null);
            tasks.add(
                    new TaskSummary(
                            key.host(),
                            key.task(),
                            waiting.map(c -> c.entered.text()),
                            waiting.map(TaskBoard::reason)));
        });
        return tasks;
    }

    private static Key key(Who who) {
        return new Key(who.host(), who.task());
    }
}
