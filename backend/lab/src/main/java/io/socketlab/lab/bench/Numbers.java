package io.socketlab.lab.bench;

import java.util.Arrays;

/** What is said of the same figure over several rounds. */
final class Numbers {

    private Numbers() {}

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** To {@code digits} significant digits: what is beyond is noise. */
    static double rounded(double value, int digits) {
        if (value == 0 || !Double.isFinite(value)) return value;
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - digits + 1);
        double rounded = Math.round(value / unit) * unit;
        return unit >= 1 ? Math.rint(rounded) : Math.rint(rounded / unit) / Math.rint(1 / unit);
    }
}
