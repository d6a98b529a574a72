package io.socketlab.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing after the other; what is between does not matter. */
final class OrderCheck {

    private final RunView run;
    private final Narrator narrator;

    OrderCheck(RunView run, Narrator narrator) {
        this.run = run;
        this.narrator = narrator;
    }

    Finding check(List<EventPattern> patterns) {
        Placement placement = Placement.inOrder(run.matcher(), patterns);
        var evidence = new ArrayList<Integer>();
        for (int i = 0; i < patterns.size(); i++) {
            if (placement.position(i) != Placement.NOWHERE) {
                evidence.add(seq(placement.position(i)));
            }
        }
        if (placement.isComplete()) {
            return Finding.pass(evidence, steps(patterns.size()), "all of them, in order");
        }
        int missing = placement.firstMissing();
        EventPattern wanted = patterns.get(missing);
        int before = missing == 0 ? Placement.NOWHERE : placement.position(missing - 1);
        String expected =
                "step " + (missing + 1) + " of " + patterns.size() + ": " + Words.of(wanted, run);
        double share = (double) placement.count() / patterns.size();
        return late(wanted, next(placement, missing, patterns.size()), share, evidence, expected)
                .orElseGet(() -> fail(wanted, before, share, evidence, expected));
    }

    /** Where the first step behind the missing one is that has its place. */
    private static int next(Placement placement, int missing, int steps) {
        for (int i = missing + 1; i < steps; i++) {
            if (placement.position(i) != Placement.NOWHERE) return placement.position(i);
        }
        return Placement.NOWHERE;
    }

    /** It did happen, but only behind what should have come after it. */
    private Optional<Finding> late(
            EventPattern wanted, int next, double share, List<Integer> evidence, String expected) {
        List<Integer> all = run.matcher().candidates(wanted.shape());
        if (next == Placement.NOWHERE || all.isEmpty() || all.getFirst() <= next) {
            return Optional.empty();
        }
        int seq = seq(all.getFirst());
        String actual = "it came too late: " + say(seq) + at(seq) + ", and before it: ";
        return Optional.of(
                Finding.missing(
                        share, evidence, seq, expected, actual + say(seq(next)) + at(seq(next))));
    }

    private Finding fail(
            EventPattern wanted,
            int before,
            double share,
            List<Integer> evidence,
            String expected) {
        List<Integer> all = run.matcher().candidates(wanted.shape());
        int near = Near.after(wanted.shape(), run, before);
        if (!all.isEmpty() && all.getFirst() <= before) {
            return early(all, before, share, evidence, expected);
        }
        if (near != 0) {
            return Finding.missing(share, evidence, near, expected, say(near) + at(near));
        }
        if (!all.isEmpty()) {
            int seq = seq(all.getFirst());
            return Finding.missing(
                    share, evidence, seq, expected, "it happened elsewhere: " + say(seq) + at(seq));
        }
        if (before == Placement.NOWHERE) {
            int last = run.index().events().size() - 1;
            return Finding.missing(
                    share, evidence, last < 0 ? 0 : seq(last), expected, "it never happened");
        }
        int seq = seq(before);
        return Finding.missing(
                share, evidence, seq, expected, "it never happened after: " + say(seq) + at(seq));
    }

    /** It happened, but not where it should: earlier, or as a step before, and then no more. */
    private Finding early(
            List<Integer> all, int before, double share, List<Integer> evidence, String expected) {
        for (int position : all) {
            int seq = seq(position);
            if (evidence.contains(seq)) continue;
            String actual = "it came too early: " + say(seq) + at(seq);
            String after = ", and not again after: " + say(seq(before)) + at(seq(before));
            return Finding.fail(share, evidence, seq, expected, actual + after);
        }
        int seq = seq(before);
        String actual = "it did not happen again after: " + say(seq) + at(seq);
        return Finding.missing(share, evidence, seq, expected, actual);
    }

    private int seq(int position) {
        return run.index().events().get(position).stamp().seq();
    }

    private String say(int seq) {
        int first = seq(0);
        return narrator.say(run.index().events().get(seq - first));
    }

    private static String at(int seq) {
        return " (event " + seq + ")";
    }

    private static String steps(int n) {
        return n == 1 ? "one step" : n + " steps in order";
    }
}
