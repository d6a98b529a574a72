package io.socketlab.kernel.trace;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.BiConsumer;

/**
 * Values of some of a connection's variables: those that changed. Sequence numbers and windows are
 * unsigned octet counts, times are nanoseconds, the window scale is its shift, and the congestion
 * state is 0 Open, 1 Disorder, 2 CWR, 3 Recovery, 4 Loss, as in TCP_INFO.
 */
public final class TcbValues {

    private static final TcbVariable[] VARIABLES = TcbVariable.values();

    private final long[] values = new long[VARIABLES.length];
    private long present;

    public void put(TcbVariable variable, long value) {
        values[variable.ordinal()] = value;
        present |= 1L << variable.ordinal();
    }

    public boolean has(TcbVariable variable) {
        return (present & 1L << variable.ordinal()) != 0;
    }

    /** The value of a variable that is there; 0 otherwise. */
    public long get(TcbVariable variable) {
        return values[variable.ordinal()];
    }

    public boolean isEmpty() {
        return present == 0;
    }

    /** Those of {@code later} that differ from these, or are not among these. */
    public TcbValues changedIn(TcbValues later) {
        var changed = new TcbValues();
        for (TcbVariable v : VARIABLES) {
            if (later.has(v) && (!has(v) || get(v) != later.get(v))) changed.put(v, later.get(v));
        }
        return changed;
    }

    public void forEach(BiConsumer<TcbVariable, Long> action) {
        for (TcbVariable v : VARIABLES) if (has(v)) action.accept(v, get(v));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TcbValues other
                && present == other.present
                && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(present) * 31 + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        var text = new StringJoiner(" ");
        forEach((v, value) -> text.add(v.traceName() + "=" + value));
        return text.toString();
    }
}
