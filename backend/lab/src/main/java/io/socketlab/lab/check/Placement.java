package io.socketlab.lab.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds events for the items of an {@code order} or a {@code dag}: each after those it depends on,
 * with the same values for the same variables. Items stand after those they depend on. Of all ways
 * to do it takes one that places the most items; a way that cannot get better is not gone, and
 * there is a limit to how many are tried.
 */
final class Placement {

    static final int NOWHERE = -1;

    private static final int STEPS = 200_000;

    private final Matcher matcher;
    private final List<EventPattern> items;
    private final List<Set<Integer>> before;
    private final int first;
    private final int last;
    private final int[] current;
    private int[] best;
    private int bestCount = -1;
    private int bestPrefix = -1;
    private int steps;

    /**
     * @param before per item those that it comes after, also by way of others
     * @param first the position from which on events count, {@code last} that of the last
     */
    private Placement(
            Matcher matcher,
            List<EventPattern> items,
            List<Set<Integer>> before,
            int first,
            int last) {
        this.matcher = matcher;
        this.items = items;
        this.before = before;
        this.first = first;
        this.last = last;
        this.current = new int[items.size()];
        this.best = new int[items.size()];
        Arrays.fill(current, NOWHERE);
        Arrays.fill(best, NOWHERE);
    }

    /** The items one after the other. */
    static Placement inOrder(Matcher matcher, List<EventPattern> items) {
        return partly(matcher, items, oneAfterTheOther(items.size()));
    }

    static Placement partly(Matcher matcher, List<EventPattern> items, List<Set<Integer>> before) {
        return new Placement(matcher, items, before, 0, Integer.MAX_VALUE).search();
    }

    /** The items from one position to another, one after the other or in whatever order. */
    static Placement between(
            Matcher matcher, List<EventPattern> items, boolean inOrder, int first, int last) {
        List<Set<Integer>> before =
                inOrder
                        ? oneAfterTheOther(items.size())
                        : items.stream().map(_ -> Set.<Integer>of()).toList();
        return new Placement(matcher, items, before, first, last).search();
    }

    private static List<Set<Integer>> oneAfterTheOther(int count) {
        var before = new ArrayList<Set<Integer>>();
        for (int i = 0; i < count; i++) {
            var earlier = new HashSet<Integer>();
            for (int j = 0; j < i; j++) earlier.add(j);
            before.add(earlier);
        }
        return before;
    }

    private Placement search() {
        place(0, 0, 0, Bindings.NONE);
        return this;
    }

    /** Where an item is, {@link #NOWHERE} if it found no place. */
    int position(int item) {
        return best[item];
    }

    int count() {
        return Math.max(bestCount, 0);
    }

    boolean isComplete() {
        return bestCount == items.size();
    }

    /** The first item without a place; the number of items if there is none. */
    int firstMissing() {
        for (int i = 0; i < best.length; i++) if (best[i] == NOWHERE) return i;
        return best.length;
    }

    /**
     * Places {@code item} and those after it.
     *
     * @param prefix how many items from the first on have a place
     */
    private void place(int item, int count, int prefix, Bindings bindings) {
        if (item == items.size()) {
            keep(count, prefix);
            return;
        }
        if (hopeless(item, count, prefix) || ++steps > STEPS) return;
        EventPattern pattern = items.get(item);
        int from = earliest(item);
        var tried = new HashSet<Bindings>();
        for (int position : matcher.candidates(pattern.shape())) {
            if (position <= from || position < first) continue;
            if (position > last) break;
            for (Bindings bound : ends(pattern, position, bindings)) {
                // Of two places with the same values the earlier leaves more room.
                if (!tried.add(bound)) continue;
                current[item] = end(pattern, position, bindings);
                place(item + 1, count + 1, prefix == item ? prefix + 1 : prefix, bound);
                current[item] = NOWHERE;
                if (bestCount == items.size()) return;
            }
        }
        place(item + 1, count, prefix, bindings);
    }

    private void keep(int count, int prefix) {
        if (count < bestCount || (count == bestCount && prefix <= bestPrefix)) return;
        bestCount = count;
        bestPrefix = prefix;
        best = current.clone();
    }

    private boolean hopeless(int item, int count, int prefix) {
        int most = count + items.size() - item;
        if (most != bestCount) return most < bestCount;
        int longest = prefix == item ? items.size() : prefix;
        return longest <= bestPrefix;
    }

    private int earliest(int item) {
        int from = NOWHERE;
        for (int other : before.get(item)) from = Math.max(from, current[other]);
        return from;
    }

    /** What is bound if the pattern, as often as it says, begins here. */
    private List<Bindings> ends(EventPattern pattern, int position, Bindings bindings) {
        if (pattern.repeats() && end(pattern, position, bindings) == NOWHERE) return List.of();
        return matcher.match(pattern.shape(), position, bindings).stream().toList();
    }

    /** Where a repeated pattern that begins here has happened as often as it must, or may. */
    private int end(EventPattern pattern, int position, Bindings bindings) {
        if (!pattern.repeats()) return position;
        int times = 0;
        int last = NOWHERE;
        for (int next : matcher.candidates(pattern.shape())) {
            if (next < position) continue;
            if (next > last) break;
            if (matcher.match(pattern.shape(), next, bindings).isEmpty()) continue;
            times++;
            last = next;
            if (times >= pattern.least()) return last;
        }
        return NOWHERE;
    }
}
