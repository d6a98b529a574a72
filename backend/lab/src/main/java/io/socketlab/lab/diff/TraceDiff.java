package io.socketlab.lab.diff;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Narrator;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.diff.Divergence.Line;
import io.socketlab.lab.diff.Happening.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lays a run beside a reference run of the same lab and seed. What each task and each socket does
 * is compared in its own order, so that nothing depends on when it happens. Of the places where
 * they part, those that another of them has led to are consequences; the first of the rest is told.
 */
public final class TraceDiff {

    private static final int BEFORE = 4;
    private static final int AFTER = 3;

    private final List<TraceEvent> events;
    private final List<TraceEvent> referenceEvents;
    private final Lanes ours;
    private final Lanes reference;

    /** A lane, and how many of its events are the same in both runs. */
    private record Parting(
            Lane lane, int same, Optional<Happening> ours, Optional<Happening> reference) {

        /** When the first of the two happens. */
        long at() {
            long a = ours.map(Happening::at).orElse(Long.MAX_VALUE);
            return Math.min(a, reference.map(Happening::at).orElse(Long.MAX_VALUE));
        }

        private int seq() {
            int a = ours.map(Happening::seq).orElse(Integer.MAX_VALUE);
            return Math.min(a, reference.map(Happening::seq).orElse(Integer.MAX_VALUE));
        }
    }

    private TraceDiff(List<TraceEvent> events, List<TraceEvent> referenceEvents) {
        this.events = events;
        this.referenceEvents = referenceEvents;
        this.ours = new Lanes(events);
        this.reference = new Lanes(referenceEvents);
    }

    /** The first difference; empty if there is none that matters. */
    public static Optional<Divergence> first(List<TraceEvent> ours, List<TraceEvent> reference) {
        return new TraceDiff(ours, reference).first();
    }

    private Optional<Divergence> first() {
        List<Parting> partings = partings();
        Set<Integer> oursAfter = after(partings, ours, true);
        Set<Integer> referenceAfter = after(partings, reference, false);
        List<Parting> first =
                partings.stream()
                        .filter(p ->
                                isFirst(p.ours, ours, oursAfter)
                                        && isFirst(p.reference, reference, referenceAfter))
                        .toList();
        // Where two have led to one another there is no first, and time decides.
        return (first.isEmpty() ? partings : first)
                .stream()
                        .min(
                                Comparator.comparingLong(Parting::at)
                                        .thenComparing(p -> !p.lane.task())
                                        .thenComparingInt(Parting::seq))
                        .map(this::divergence);
    }

    private static boolean isFirst(Optional<Happening> event, Lanes run, Set<Integer> after) {
        return event.stream().noneMatch(h -> run.isBecauseOf(h.seq(), after));
    }

    private List<Parting> partings() {
        var lanes = new LinkedHashSet<>(ours.lanes());
        lanes.addAll(reference.lanes());
        var partings = new ArrayList<Parting>();
        for (Lane lane : lanes) {
            List<Happening> a = ours.of(lane);
            List<Happening> b = reference.of(lane);
            int same = common(a, b);
            if (same == a.size() && same == b.size()) continue;
            partings.add(new Parting(lane, same, at(a, same), at(b, same)));
        }
        return partings;
    }

    private static int common(List<Happening> a, List<Happening> b) {
        int n = 0;
        while (n < a.size() && n < b.size() && a.get(n).meaning().equals(b.get(n).meaning())) {
            n++;
        }
        return n;
    }

    private static Optional<Happening> at(List<Happening> lane, int index) {
        return index < lane.size() ? Optional.of(lane.get(index)) : Optional.empty();
    }

    /** All events that come after a place where the runs part. */
    private static Set<Integer> after(List<Parting> partings, Lanes run, boolean ours) {
        var after = new HashSet<Integer>();
        for (Parting p : partings) {
            List<Happening> lane = run.of(p.lane);
            lane.subList(p.same, lane.size()).forEach(h -> after.add(h.seq()));
            Optional<Happening> own = ours ? p.ours : p.reference;
            own.ifPresent(h -> after.add(h.seq()));
        }
        return after;
    }

    // ---- in words

    private Divergence divergence(Parting p) {
        var teller = new Teller(events);
        var referenceTeller = new Teller(referenceEvents);
        String number = p.lane.task() && p.lane.number() > 1 ? "." + p.lane.number() : "";
        int common = ours.of(p.lane).isEmpty() ? 0 : lastCommon(p);
        return new Divergence(
                p.lane.host() + number,
                p.ours.map(teller::line),
                p.reference.map(referenceTeller::line),
                because(p, teller, referenceTeller),
                teller.before(p.ours.map(Happening::seq).orElse(common + 1), BEFORE),
                p.ours.map(h -> teller.after(h.seq(), AFTER)).orElse(List.of()),
                p.reference.map(h -> referenceTeller.after(h.seq(), AFTER)).orElse(List.of()));
    }

    private Optional<Line> because(Parting p, Teller teller, Teller referenceTeller) {
        if (p.lane.task()) return Optional.empty();
        return p.ours.flatMap(h -> teller.call(ours.origin(h.seq())))
                .or(() ->
                        p.reference.flatMap(h -> referenceTeller.call(reference.origin(h.seq()))));
    }

    private int lastCommon(Parting p) {
        return p.same == 0 ? 0 : ours.of(p.lane).get(p.same - 1).seq();
    }

    /** Tells the events of one run. */
    private static final class Teller {

        private final List<TraceEvent> events;
        private final Narrator narrator;

        Teller(List<TraceEvent> events) {
            this.events = events;
            this.narrator = new Narrator(new TraceIndex(events));
        }

        /** The event with this number, if it is a call. */
        Optional<Line> call(int seq) {
            return events.stream()
                    .filter(e -> e.stamp().seq() == seq && e instanceof TraceEvent.CallEntered)
                    .findFirst()
                    .map(this::line);
        }

        Line line(Happening happening) {
            return line(happening.event());
        }

        private Line line(TraceEvent event) {
            return new Line(event.stamp().seq(), event.stamp().at(), narrator.say(event));
        }

        List<Line> before(int seq, int count) {
            var lines = new ArrayList<Line>();
            for (TraceEvent event : events) {
                if (event.stamp().seq() >= seq) break;
                if (isTold(event)) lines.add(line(event));
            }
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        }

        List<Line> after(int seq, int count) {
            var lines = new ArrayList<Line>();
            for (TraceEvent event : events) {
                if (lines.size() == count) break;
                if (event.stamp().seq() > seq && isTold(event)) lines.add(line(event));
            }
            return lines;
        }

        /** A call is told when it waits or returns. */
        private static boolean isTold(TraceEvent event) {
            return !(event instanceof TraceEvent.CallEntered)
                    && !(event instanceof TraceEvent.FunctionEntered)
                    && Meaning.of(event).isPresent();
        }
    }
}
