package io.socketlab.lab.run;

import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.syscall.ProcessTable;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Who;

/** Which tasks of a run could make a call now. */
record FreeTasks(Network network, TaskBoard board) {

    boolean is(Who who) {
        return !board.isBlocked(who) && exists(who) && !isOver(who);
    }

    /**
     * @throws ScriptException that says what it is in, or that it has ended or is not there
     */
    void check(Position at, Who who) {
        if (board.isBlocked(who)) {
            String waiting = board.lastLine(who).orElse("");
            throw Console.error(at, "expected " + who + " to be free; it is in " + waiting);
        }
        if (!exists(who)) {
            throw Console.error(
                    at,
                    "expected a task that there is; fork() or pthread_create() has not made "
                            + who
                            + " yet");
        }
        if (isOver(who)) {
            throw Console.error(
                    at,
                    "expected a task that still runs; "
                            + who
                            + " has ended: "
                            + board.end(who).orElse("")
                            + (who.task() <= Hands.MAX_THREADS
                                    ? " (start " + who.host() + " starts its program again)"
                                    : ""));
        }
    }

    /** Whether the task is there: one of a low number comes to be by being named. */
    private boolean exists(Who who) {
        return who.task() <= Hands.MAX_THREADS
                || network.host(who.host()).processes().find(who.task()).isPresent();
    }

    private boolean isOver(Who who) {
        ProcessTable processes = network.host(who.host()).processes();
        return processes
                .find(who.task())
                .map(Task::isOver)
                .orElseGet(() -> processes.first().isOver());
    }
}
