package io.socketlab.lab.diff;

import java.util.List;
import java.util.Optional;

/**
 * The first difference that matters between a run and a reference run.
 *
 * @param who the task or the host whose behaviour differs: {@code server.2}
 * @param ours what happens in the run; empty if nothing more does there
 * @param reference what happens in its place in the reference; empty if nothing more does there
 * @param because the call of a program that led to it, if what differs is no call itself
 * @param before what both runs have in common up to it, the last lines of it as they are in ours
 * @param after how ours goes on
 * @param referenceAfter how the reference goes on
 */
public record Divergence(
        String who,
        Optional<Line> ours,
        Optional<Line> reference,
        Optional<Line> because,
        List<Line> before,
        List<Line> after,
        List<Line> referenceAfter) {

    public Divergence {
        before = List.copyOf(before);
        after = List.copyOf(after);
        referenceAfter = List.copyOf(referenceAfter);
    }

    /** The same without what comes after it in the reference. */
    public Divergence withoutSequel() {
        return new Divergence(who, ours, reference, because, before, after, List.of());
    }

    /**
     * An event in words.
     *
     * @param seq its number in its run
     * @param at virtual nanoseconds since the start
     */
    public record Line(int seq, long at, String text) {}
}
