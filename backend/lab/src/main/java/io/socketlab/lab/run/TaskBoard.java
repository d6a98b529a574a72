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

    /** What a call waits for that is under way, where that takes processor time. */
    private static final String IN_KERNEL = "the kernel's work";

    private record Key(String host, int task) {}

    /** The last call of a task, or function of its library, and how far it has come. */
    private static final class LastCall {
        private final String name;
        private final String text;

        /** The function whose call it is; null for none. */
        private final @Nullable LastCall function;

        private String reason = IN_KERNEL;
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

    /** A task that has made a call or was made by one. */
    private static final class TaskState {
        private final int process;
        private @Nullable LastCall last;
        private Optional<String> end = Optional.empty();

        TaskState(int process) {
            this.process = process;
        }

        boolean isBlocked() {
            return end.isEmpty() && last != null && last.returned == null;
        }
    }

    /** Number of the first task of a host's first process. */
    private static final int FIRST = 1;

    private final Map<Key, TaskState> tasks = new LinkedHashMap<>();
    private int returns;

    void accept(TraceEvent event) {
        String host = event.stamp().host();
        switch (event) {
            case TraceEvent.FunctionEntered e ->
                    state(host, e.task()).last = new LastCall(e.name(), e.text(), null);
            case TraceEvent.FunctionReturned e -> returned(state(host, e.task()), e);
            case TraceEvent.CallEntered e -> entered(state(host, e.task()), e);
            case TraceEvent.CallBlocked e ->
                    last(host, e.task()).ifPresent(call -> call.reason = e.reason());
            case TraceEvent.RunQueueEntered e ->
                    last(host, e.task()).ifPresent(call -> call.reason = "a CPU");
            case TraceEvent.CpuAcquired e ->
                    last(host, e.task()).ifPresent(call -> call.reason = IN_KERNEL);
            case TraceEvent.CallReturned e when e.isMadeAgain() -> {} // it still waits
            case TraceEvent.CallReturned e -> {
                var errno = Optional.ofNullable(e.errno());
                last(host, e.task())
                        .ifPresent(c -> c.returned = new Returned(e.result(), errno, e.text()));
                returns++;
            }
            case TraceEvent.TaskStarted e -> started(host, e);
            case TraceEvent.TaskExited e -> end(host, e.task(), "exited");
            case TraceEvent.ProcessExited e -> exited(host, e);
            case TraceEvent.HostCrashed _ -> crashed(host);
            default -> {} // no affair of a task's
        }
    }

    /** One that nobody has told of is a thread of the first process, or serves by itself. */
    private TaskState state(String host, int task) {
        int process = task <= Hands.MAX_THREADS ? FIRST : task;
        return tasks.computeIfAbsent(new Key(host, task), _ -> new TaskState(process));
    }

    private static void entered(TaskState task, TraceEvent.CallEntered e) {
        LastCall before = task.last;
        LastCall function = null;
        if (before != null) function = before.function != null ? before.function : before;
        boolean inFunction = function != null && function.returned == null;
        task.last = new LastCall(e.name(), e.text(), inFunction ? function : null);
    }

    private void returned(TaskState task, TraceEvent.FunctionReturned e) {
        LastCall call = task.last;
        if (call == null) return;
        LastCall function = call.function == null ? call : call.function;
        function.returned = new Returned(e.result(), Optional.empty(), e.text());
        task.last = function;
        returns++;
    }

    /** A new program takes the place of the host's first, and all its tasks are new. */
    private void started(String host, TraceEvent.TaskStarted event) {
        if (event.task() == FIRST) {
            tasks.entrySet()
                    .removeIf(t -> t.getKey().host().equals(host) && t.getValue().process == FIRST);
        }
        tasks.put(new Key(host, event.task()), new TaskState(event.process()));
    }

    /** In the words of strace(1). */
    private void exited(String host, TraceEvent.ProcessExited event) {
        String signal = event.signal();
        String end = signal == null ? "exited with " + event.status() : "killed by " + signal;
        state(host, event.process());
        tasks.forEach((key, task) -> {
            if (key.host().equals(host) && task.process == event.process()) {
                end(host, key.task(), end);
            }
        });
    }

    private void crashed(String host) {
        state(host, FIRST);
        for (Key key : List.copyOf(tasks.keySet())) {
            if (key.host().equals(host)) end(host, key.task(), "gone with the power");
        }
    }

    private void end(String host, int number, String how) {
        TaskState task = tasks.get(new Key(host, number));
        if (task != null && task.end.isEmpty()) task.end = Optional.of("+++ " + how + " +++");
    }

    private Optional<LastCall> last(String host, int task) {
        return Optional.ofNullable(tasks.get(new Key(host, task))).map(t -> t.last);
    }

    private Optional<LastCall> last(Who who) {
        return last(who.host(), who.task());
    }

    /** How many calls have returned in this run. */
    int returns() {
        return returns;
    }

    boolean isBlocked(Who who) {
        return Optional.ofNullable(tasks.get(key(who))).filter(TaskState::isBlocked).isPresent();
    }

    boolean isSleeping(Who who) {
        return isBlocked(who) && last(who).filter(call -> call.name.equals("sleep")).isPresent();
    }

    boolean isAnyBlocked() {
        return tasks.values().stream().anyMatch(TaskState::isBlocked);
    }

    /** How the task has ended, empty if it has not. */
    Optional<String> end(Who who) {
        return Optional.ofNullable(tasks.get(key(who))).flatMap(t -> t.end);
    }

    /** How the task's last call returned; empty while it has not. */
    Optional<Returned> lastReturn(Who who) {
        return last(who).map(call -> call.returned);
    }

    /** {@code listen(3, 5) = 0}, or what the task's last call is waiting for. */
    Optional<String> lastLine(Who who) {
        Optional<String> end = end(who);
        return last(who)
                .map(call ->
                        end.map(e -> line(call, " = ?") + "\n" + e)
                                .orElse(line(call, " … waiting: " + call.reason)))
                .or(() -> end);
    }

    /**
     * @param open what stands after a call that has not returned
     */
    private static String line(LastCall call, String open) {
        Returned returned = call.returned;
        if (returned != null) return returned.text();
        String caller = call.function == null ? "" : call.function.text + ": ";
        return caller + call.text + open;
    }

    /** Those that have not ended. */
    List<TaskSummary> summaries() {
        var summaries = new ArrayList<TaskSummary>();
        tasks.forEach((key, task) -> {
            if (task.end.isPresent()) return;
            Optional<LastCall> waiting =
                    Optional.ofNullable(task.last).filter(c -> c.returned == null);
            summaries.add(
                    new TaskSummary(
                            key.host(),
                            key.task(),
                            waiting.map(c -> c.text),
                            waiting.map(c -> c.reason)));
        });
        return summaries;
    }

    private static Key key(Who who) {
        return new Key(who.host(), who.task());
    }
}
