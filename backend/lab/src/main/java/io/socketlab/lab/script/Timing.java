package io.socketlab.lab.script;

/** When a step happens. All in virtual nanoseconds. */
public sealed interface Timing {

    Position position();

    /** {@code +0.05}: this long after the step before it. */
    record After(Position position, long nanos) implements Timing {}

    /** {@code 0.5}: this long after the start of the run. */
    record At(Position position, long nanos) implements Timing {}

    /** {@code *}: whenever. Packets that are expected only. */
    record Any(Position position) implements Timing {}

    /** {@code +0~+.06}: between two times of one kind. Packets that are expected only. */
    record Between(Position position, boolean relative, long from, long to) implements Timing {}

    /** {@code +0...0.2}: the call begins at the first and returns at the second. */
    record Lasting(Position position, boolean relative, long from, long to) implements Timing {}
}
