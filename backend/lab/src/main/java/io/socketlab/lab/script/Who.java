package io.socketlab.lab.script;

/**
 * Who makes a call.
 *
 * @param task number of the task on its host, from 1
 */
public record Who(Position position, String host, int task) {

    /** As a script writes it: {@code client}, {@code client.2}. */
    @Override
    public String toString() {
        return task == 1 ? host : host + "." + task;
    }
}
