package io.socketlab.lab.check;

import io.socketlab.lab.expr.LocalText;
import java.util.List;

/**
 * What an assertion found in a run.
 *
 * @param share of the points that is earned, 0 to 1
 * @param evidence the numbers of the events it goes by
 * @param divergence the number of the event to look at first, 0 if there is none
 * @param expected in words, as is {@code actual}
 * @param why what the author says about just this failure
 * @param open whether it only lacks something, which may come if the run goes on
 */
public record Finding(
        Verdict verdict,
        double share,
        List<Integer> evidence,
        int divergence,
        String expected,
        String actual,
        LocalText why,
        boolean open) {

    public Finding {
        evidence = List.copyOf(evidence);
    }

    static Finding pass(List<Integer> evidence, String expected, String actual) {
        return new Finding(Verdict.PASS, 1, evidence, 0, expected, actual, LocalText.NONE, false);
    }

    static Finding fail(
            double share, List<Integer> evidence, int divergence, String expected, String actual) {
        return new Finding(
                Verdict.FAIL, share, evidence, divergence, expected, actual, LocalText.NONE, false);
    }

    /** A failure for want of something: nothing has happened that speaks against it. */
    static Finding missing(
            double share, List<Integer> evidence, int divergence, String expected, String actual) {
        return fail(share, evidence, divergence, expected, actual).open(true);
    }

    static Finding notExercised(String expected, String actual) {
        return new Finding(
                Verdict.NOT_EXERCISED, 0, List.of(), 0, expected, actual, LocalText.NONE, true);
    }

    Finding because(LocalText text) {
        return new Finding(verdict, share, evidence, divergence, expected, actual, text, open);
    }

    Finding open(boolean stillOpen) {
        return new Finding(verdict, share, evidence, divergence, expected, actual, why, stillOpen);
    }

    public Finding as(Verdict other) {
        return new Finding(
                other,
                other == Verdict.PASS ? 1 : 0,
                evidence,
                divergence,
                expected,
                actual,
                why,
                open);
    }

    public boolean passes() {
        return verdict == Verdict.PASS;
    }
}
