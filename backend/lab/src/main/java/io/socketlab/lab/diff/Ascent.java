package io.socketlab.lab.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The longest ascending part of a sequence: what two orders of the same things agree in. */
final class Ascent {

    private Ascent() {}

    /**
     * Which places of {@code values} belong to its longest ascending part; where there are several,
     * to one of them. Patience sorting: n log n.
     *
     * @param values all different
     */
    static BitSet longest(List<Integer> values) {
        int[] sequence = values.stream().mapToInt(Integer::intValue).toArray();
        int[] before = new int[sequence.length];
        int[] tails = new int[sequence.length];
        var ends = new ArrayList<Integer>();
        for (int i = 0; i < sequence.length; i++) {
            int found = Arrays.binarySearch(tails, 0, ends.size(), sequence[i]);
            int length = -found - 1;
            tails[length] = sequence[i];
            if (length == ends.size()) ends.add(i);
            else ends.set(length, i);
            before[i] = length == 0 ? -1 : ends.get(length - 1);
        }
        var longest = new BitSet(sequence.length);
        int at = ends.isEmpty() ? -1 : ends.getLast();
        for (; at >= 0; at = before[at]) longest.set(at);
        return longest;
    }
}
