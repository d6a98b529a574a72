package io.socketlab.lab.run;

import java.util.Optional;

/**
 * What a task is doing.
 *
 * @param task its number on its host, from 1
 * @param call the call that it is waiting in, as in a script; empty while it is not in a call
 * @param reason what that call is waiting for
 */
public record TaskSummary(String host, int task, Optional<String> call, Optional<String> reason) {

    /** Whether it is waiting in a call. */
    public boolean isBlocked() {
        return call.isPresent();
    }

    /** As a script writes it: {@code client}, {@code client.2}. */
    public String name() {
        return task == 1 ? host : host + "." + task;
    }
}
