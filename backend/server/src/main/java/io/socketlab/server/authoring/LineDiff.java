package io.socketlab.server.authoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What has become of a text, line by line, with as few changes as there can be: the greedy
 * algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.
 */
final class LineDiff {

    /** Lines before and behind a change that are told with it. */
    private static final int CONTEXT = 3;

    /** Beyond this many changes, texts that have next to nothing in common are told as two. */
    private static final int MOST_CHANGES = 2_000;

    private final List<String> before;
    private final List<String> after;

    private LineDiff(String before, String after) {
        this.before = before.lines().toList();
        this.after = after.lines().toList();
    }

    /** What a line is in the change. */
    enum Kind {
        SAME,
        REMOVED,
        ADDED;

        /** As diff(1) writes it at the line's beginning. */
        public String sign() {
            return switch (this) {
                case SAME -> " ";
                case REMOVED -> "-";
                case ADDED -> "+";
            };
        }
    }

    /**
     * A line of either text.
     *
     * @param before its number in the first text, from 1; 0 if it is not there
     * @param after likewise in the second
     */
    record Line(Kind kind, int before, int after, String text) {}

    /** Changes that stand close together, with what is around them. */
    record Hunk(List<Line> lines) {
        Hunk {
            lines = List.copyOf(lines);
        }

        /** Where it is, as diff(1) writes it: {@code @@ -3,7 +3,8 @@}. */
        public String range() {
            return "@@ -%s +%s @@".formatted(range(Kind.ADDED), range(Kind.REMOVED));
        }

        private String range(Kind without) {
            List<Integer> numbers =
                    lines.stream()
                            .filter(l -> l.kind != without)
                            .map(l -> without == Kind.ADDED ? l.before : l.after)
                            .toList();
            return numbers.isEmpty() ? "0,0" : numbers.getFirst() + "," + numbers.size();
        }
    }

    /** The changes between two texts; none if they have the same lines. */
    static List<Hunk> hunks(String before, String after) {
        return hunks(lines(before, after));
    }

    /** All lines of both texts. */
    static List<Line> lines(String before, String after) {
        return new LineDiff(before, after).lines();
    }

    private List<Line> lines() {
        List<int[]> trace = search();
        var lines = new ArrayList<Line>();
        if (trace.isEmpty()) {
            removed(lines, 0, before.size());
            added(lines, 0, after.size());
            return lines;
        }
        int x = before.size();
        int y = after.size();
        for (int d = trace.size() - 1; d >= 0; d--) {
            int[] furthest = trace.get(d);
            int k = x - y;
            boolean down = d > 0 && goesDown(furthest, d, k);
            int fromX = d == 0 ? 0 : at(furthest, d, down ? k + 1 : k - 1);
            int fromY = d == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
            while (x > fromX && y > fromY && !(d > 0 && isStep(x, y, fromX, fromY, down))) {
                lines.add(new Line(Kind.SAME, x, y, before.get(x - 1)));
                x--;
                y--;
            }
            if (d > 0 && down) lines.add(new Line(Kind.ADDED, 0, y, after.get(--y)));
            else if (d > 0) lines.add(new Line(Kind.REMOVED, x, 0, before.get(--x)));
        }
        Collections.reverse(lines);
        return lines;
    }

    /** Whether the point is where the one change led to, before equal lines. */
    private static boolean isStep(int x, int y, int fromX, int fromY, boolean down) {
        return down ? x == fromX && y == fromY + 1 : x == fromX + 1 && y == fromY;
    }

    /**
     * Of each number of changes how far each diagonal k = x - y was reached with one less; empty if
     * there are too many changes.
     */
    private List<int[]> search() {
        int most = Math.min(before.size() + after.size(), MOST_CHANGES);
        var trace = new ArrayList<int[]>();
        int[] furthest = {0, 0, 0};
        for (int d = 0; d <= most; d++) {
            trace.add(furthest);
            int[] next = new int[2 * d + 5];
            for (int k = -d; k <= d; k += 2) {
                int x = 0;
                if (d > 0) {
                    x =
                            goesDown(furthest, d, k)
                                    ? at(furthest, d, k + 1)
                                    : at(furthest, d, k - 1) + 1;
                }
                int y = x - k;
                while (x < before.size()
                        && y < after.size()
                        && before.get(x).equals(after.get(y))) {
                    x++;
                    y++;
                }
                next[k + d + 2] = x;
                if (x >= before.size() && y >= after.size()) return trace;
            }
            furthest = next;
        }
        return List.of();
    }

    /** Of what was reached with d - 1 changes, how far on diagonal k. */
    private static int at(int[] furthest, int d, int k) {
        return furthest[k + d + 1];
    }

    private static boolean goesDown(int[] furthest, int d, int k) {
        return k == -d || k != d && at(furthest, d, k - 1) < at(furthest, d, k + 1);
    }

    private void removed(List<Line> lines, int from, int to) {
        for (int i = from; i < to; i++) lines.add(new Line(Kind.REMOVED, i + 1, 0, before.get(i)));
    }

    private void added(List<Line> lines, int from, int to) {
        for (int i = from; i < to; i++) lines.add(new Line(Kind.ADDED, 0, i + 1, after.get(i)));
    }

    private static List<Hunk> hunks(List<Line> lines) {
        var hunks = new ArrayList<Hunk>();
        int end = 0;
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).kind == Kind.SAME) continue;
            if (start >= 0 && i - CONTEXT > end) {
                hunks.add(new Hunk(lines.subList(start, end)));
                start = -1;
            }
            if (start < 0) start = Math.max(end, i - CONTEXT);
            end = Math.min(lines.size(), i + 1 + CONTEXT);
        }
        if (start >= 0) hunks.add(new Hunk(lines.subList(start, end)));
        return hunks;
    }
}
