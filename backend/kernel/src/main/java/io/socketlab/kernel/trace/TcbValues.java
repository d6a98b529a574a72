package io.socketlab.kernel.trace;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.function.IntToLongFunction;

/**
 * Values of some of a connection's variables: those that changed. Sequence numbers and windows are
 * unsigned octet counts, times are nanoseconds, the window scale is its shift, and the congestion
 * state is 0 Open, 1 Disorder, 2 CWR, 3 Recovery, 4 Loss, as in TCP_INFO.
 */
public final class TcbValues {

    private static final TcbVariable[] VARIABLES = TcbVariable.values();

    /** Bit n: the variable with ordinal n is there. */
    private final int present;

    /** Of those that are there, in the order of the variables. */
    private final long[] values;

    private TcbValues(int present, long[] values) {
        this.present = present;
        this.values = values;
    }

    /**
     * Some of all values.
     *
     * @param which bit n: the variable with ordinal n
     * @param value of a variable, by its ordinal
     */
    public static TcbValues of(int which, IntToLongFunction value) {
        var values = new long[Integer.bitCount(which)];
        int next = 0;
        for (int rest = which; rest != 0; rest &= rest - 1) {
            values[next++] = value.applyAsLong(Integer.numberOfTrailingZeros(rest));
        }
        return new TcbValues(which, values);
    }

    public boolean has(TcbVariable variable) {
        return (present & bit(variable)) != 0;
    }

    /** The value of a variable that is there; 0 otherwise. */
    public long get(TcbVariable variable) {
        return has(variable) ? values[Integer.bitCount(present & bit(variable) - 1)] : 0;
    }

    private static int bit(TcbVariable variable) {
        return 1 << variable.ordinal();
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
        return present * 31 + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        var text = new StringJoiner(" ");
        forEach((v, value) -> text.add(v.traceName() + "=" + value));
        return text.toString();
    }
}
