package io.socketlab.lab.diff;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Narrator;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.diff.Divergence.Line;
import io.socketlab.lab.diff.Happening.Lane;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two runs of the same lab and seed in two columns, wholly. Each task and each socket is laid
 * beside the same one of the other run, event by event of the same meaning; then both runs are read
 * in their own order. What is the same and in the same order stands in one row. What is the same
 * but has changed places with something else stands twice, once in each column.
 *
 * @param rows in the order of both
 * @param parting the row where they first part in a way that matters; empty if they do not
 */
public record SideBySide(List<Row> rows, Optional<Integer> parting) {

    /** How the two sides of a row are to each other. */
    public enum Likeness {
        /** The same, in the same order. */
        SAME,
        /** The other run has it too, before or after something else. */
        MOVED,
        /** The other run does not have it. */
        ALONE
    }

    /**
     * A row. Both sides are there if they are the same, else one is.
     *
     * @param partner of what has moved: its number in the other run; else 0
     */
    public record Row(
            Likeness likeness, Optional<Line> ours, Optional<Line> reference, int partner) {}

    /** The same event in both, by their places in their runs. */
    private record Pair(int ours, int reference) {}

    public SideBySide {
        rows = List.copyOf(rows);
    }

    /** Lays {@code ours} beside {@code reference}. */
    public static SideBySide of(List<TraceEvent> ours, List<TraceEvent> reference) {
        var left = new Column(ours);
        var right = new Column(reference);
        List<Row> rows = rows(left, right, pairs(left, right));
        Optional<Integer> parting =
                TraceDiff.first(ours, reference).flatMap(first -> find(rows, first));
        return new SideBySide(rows, parting);
    }

    private static Optional<Integer> find(List<Row> rows, Divergence first) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (isAt(row.ours, first.ours()) || isAt(row.reference, first.reference()))
                return Optional.of(i);
        }
        return Optional.empty();
    }

    /** A call that waits or has returned stands for the one that was entered before it. */
    private static boolean isAt(Optional<Line> row, Optional<Line> wanted) {
        return row.isPresent() && wanted.isPresent() && row.get().seq() >= wanted.get().seq();
    }

    /** Of the same lane, of the same meaning, and in the lane's order. */
    private static List<Pair> pairs(Column ours, Column reference) {
        var pairs = new ArrayList<Pair>();
        var lanes = new LinkedHashSet<>(ours.lanes.keySet());
        lanes.retainAll(reference.lanes.keySet());
        for (Lane lane : lanes) {
            List<Integer> a = ours.lanes.getOrDefault(lane, List.of());
            List<Integer> b = reference.lanes.getOrDefault(lane, List.of());
            pairs.addAll(ascending(byOccurrence(ours, a, reference, b)));
        }
        pairs.sort(Comparator.comparingInt(Pair::ours));
        return pairs;
    }

    /** The n-th of a meaning in one lane is the n-th of that meaning in the other. */
    private static List<Pair> byOccurrence(
            Column ours, List<Integer> lane, Column reference, List<Integer> otherLane) {
        Map<String, Integer> places = new HashMap<>();
        numbered(reference, otherLane).forEach((meaning, at) -> places.put(meaning, at));
        var pairs = new ArrayList<Pair>();
        numbered(ours, lane)
                .forEach((meaning, at) -> {
                    Integer other = places.get(meaning);
                    if (other != null) pairs.add(new Pair(at, other));
                });
        pairs.sort(Comparator.comparingInt(Pair::ours));
        return pairs;
    }

    private static Map<String, Integer> numbered(Column column, List<Integer> lane) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> numbered = new HashMap<>();
        for (int at : lane) {
            String meaning = column.told.get(at).meaning();
            numbered.put(counts.merge(meaning, 1, Integer::sum) + " " + meaning, at);
        }
        return numbered;
    }

    private static List<Pair> ascending(List<Pair> pairs) {
        BitSet kept = Ascent.longest(pairs.stream().map(Pair::reference).toList());
        return kept.stream().mapToObj(pairs::get).toList();
    }

    private static List<Row> rows(Column ours, Column reference, List<Pair> pairs) {
        BitSet inOrder = Ascent.longest(pairs.stream().map(Pair::reference).toList());
        Map<Integer, Integer> movedTo = new HashMap<>();
        Map<Integer, Integer> movedFrom = new HashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (inOrder.get(i)) continue;
            movedTo.put(pairs.get(i).ours, pairs.get(i).reference);
            movedFrom.put(pairs.get(i).reference, pairs.get(i).ours);
        }
        var rows = new ArrayList<Row>();
        int a = 0;
        int b = 0;
        for (int i = inOrder.nextSetBit(0); i >= 0; i = inOrder.nextSetBit(i + 1)) {
            Pair pair = pairs.get(i);
            for (; a < pair.ours; a++) rows.add(left(ours, a, reference, movedTo));
            for (; b < pair.reference; b++) rows.add(right(reference, b, ours, movedFrom));
            rows.add(
                    new Row(
                            Likeness.SAME,
                            Optional.of(ours.line(a++)),
                            Optional.of(reference.line(b++)),
                            0));
        }
        for (; a < ours.told.size(); a++) rows.add(left(ours, a, reference, movedTo));
        for (; b < reference.told.size(); b++) rows.add(right(reference, b, ours, movedFrom));
        return rows;
    }

    private static Row left(Column ours, int at, Column other, Map<Integer, Integer> moved) {
        Optional<Integer> partner = Optional.ofNullable(moved.get(at));
        return new Row(
                partner.isPresent() ? Likeness.MOVED : Likeness.ALONE,
                Optional.of(ours.line(at)),
                Optional.empty(),
                partner.map(p -> other.told.get(p).seq()).orElse(0));
    }

    private static Row right(Column reference, int at, Column other, Map<Integer, Integer> moved) {
        Row row = left(reference, at, other, moved);
        return new Row(row.likeness, Optional.empty(), row.ours, row.partner);
    }

    /** One of the runs: what is told of it, in its order, and by lane. */
    private static final class Column {

        private final List<Happening> told = new ArrayList<>();
        private final Map<Lane, List<Integer>> lanes = new HashMap<>();
        private final Narrator narrator;

        Column(List<TraceEvent> events) {
            this.narrator = new Narrator(new TraceIndex(events));
            for (TraceEvent event : events) Meaning.toBeShown(event).ifPresent(this::add);
        }

        private void add(Happening happening) {
            lanes.computeIfAbsent(happening.lane(), _ -> new ArrayList<>()).add(told.size());
            told.add(happening);
        }

        Line line(int at) {
            Happening happening = told.get(at);
            return new Line(happening.seq(), happening.at(), narrator.say(happening.event()));
        }
    }
}
