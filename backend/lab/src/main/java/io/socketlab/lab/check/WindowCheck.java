package io.socketlab.lab.check;

import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One stretch of a run in which all of some things happen and none of others comes between. */
final class WindowCheck {

    private final RunView run;
    private final Narrator narrator;

    WindowCheck(RunView run, Narrator narrator) {
        this.run = run;
        this.narrator = narrator;
    }

    /** What one stretch has: the positions of those that happened, and which is missing. */
    private record Stretch(List<Integer> positions, Optional<EventPattern> missing) {}

    Finding check(Assertion.Window window) {
        String expected = expected(window);
        Stretch best = new Stretch(List.of(), window.all().stream().findFirst());
        for (int[] stretch : stretches(window)) {
            Stretch found = within(window, stretch);
            if (found.missing().isEmpty()) {
                return Finding.pass(seqs(found.positions()), expected, "they did");
            }
            if (found.positions().size() > best.positions().size()) best = found;
        }
        return fail(window, best, expected);
    }

    private String expected(Assertion.Window window) {
        String all = words(window.all(), "; ");
        String within = window.within().map(w -> " within " + Value.text(run.nanos(w))).orElse("");
        String no =
                window.no().isEmpty() ? "" : ", and between them no " + words(window.no(), " or ");
        return (window.inOrder() ? "in this order" : "together") + within + ": " + all + no;
    }

    private String words(List<EventPattern> patterns, String separator) {
        return String.join(separator, patterns.stream().map(p -> Words.of(p, run)).toList());
    }

    /** The pieces into which the intruders cut the run: first and last position of each. */
    private List<int[]> stretches(Assertion.Window window) {
        var intruders = new TreeSet<Integer>();
        for (EventPattern no : window.no()) intruders.addAll(run.matcher().candidates(no.shape()));
        var stretches = new ArrayList<int[]>();
        int from = 0;
        for (int intruder : intruders) {
            stretches.add(new int[] {from, intruder - 1});
            from = intruder + 1;
        }
        stretches.add(new int[] {from, run.index().events().size() - 1});
        return stretches;
    }

    /** The most of {@code all} that happen in a stretch, or in as much of it as the time allows. */
    private Stretch within(Assertion.Window window, int[] stretch) {
        Optional<Long> most = window.within().map(run::nanos);
        if (most.isEmpty()) return among(window, stretch[0], stretch[1]);
        Stretch best = new Stretch(List.of(), window.all().stream().findFirst());
        for (int start : starts(window, stretch)) {
            int end = start;
            while (end < stretch[1] && at(end + 1) - at(start) <= most.get()) end++;
            Stretch found = among(window, start, end);
            if (found.missing().isEmpty()) return found;
            if (found.positions().size() > best.positions().size()) best = found;
        }
        return best;
    }

    /** A stretch that has them all can begin where one of them happens. */
    private Set<Integer> starts(Assertion.Window window, int[] stretch) {
        var starts = new TreeSet<Integer>();
        for (EventPattern pattern : window.all()) {
            for (int position : run.matcher().candidates(pattern.shape())) {
                if (position >= stretch[0] && position <= stretch[1]) starts.add(position);
            }
        }
        return starts;
    }

    private Stretch among(Assertion.Window window, int first, int last) {
        Placement placement =
                Placement.between(run.matcher(), window.all(), window.inOrder(), first, last);
        var positions = new ArrayList<Integer>();
        for (int i = 0; i < window.all().size(); i++) {
            if (placement.position(i) != Placement.NOWHERE) positions.add(placement.position(i));
        }
        int missing = placement.firstMissing();
        return new Stretch(
                positions,
                placement.isComplete() ? Optional.empty() : Optional.of(window.all().get(missing)));
    }

    private Finding fail(Assertion.Window window, Stretch best, String expected) {
        double share =
                window.all().isEmpty() ? 0 : (double) best.positions().size() / window.all().size();
        if (best.positions().isEmpty()) {
            return Finding.missing(0, List.of(), lastSeq(), expected, "none of them happened");
        }
        int last = new TreeSet<>(best.positions()).getLast();
        String missing = best.missing().map(p -> Words.of(p, run)).orElse("");
        String actual =
                best.positions().size()
                        + " of "
                        + window.all().size()
                        + " together; missing: "
                        + missing;
        Optional<Integer> intruder = intruder(window, last);
        if (intruder.isEmpty()) {
            return Finding.missing(share, seqs(best.positions()), seq(last), expected, actual);
        }
        int between = intruder.get();
        actual += "; between came: " + say(between) + " (event " + seq(between) + ")";
        return Finding.fail(share, seqs(best.positions()), seq(between), expected, actual);
    }

    private Optional<Integer> intruder(Assertion.Window window, int after) {
        var intruders = new HashSet<Integer>();
        for (EventPattern no : window.no()) intruders.addAll(run.matcher().candidates(no.shape()));
        return intruders.stream().filter(i -> i > after).min(Integer::compare);
    }

    private long at(int position) {
        return run.index().events().get(position).stamp().at();
    }

    private int seq(int position) {
        return run.index().events().get(position).stamp().seq();
    }

    private List<Integer> seqs(List<Integer> positions) {
        return new TreeSet<>(positions).stream().map(this::seq).toList();
    }

    private int lastSeq() {
        int size = run.index().events().size();
        return size == 0 ? 0 : seq(size - 1);
    }

    private String say(int position) {
        return narrator.say(run.index().events().get(position));
    }
}
