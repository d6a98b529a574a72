package io.socketlab.server.run;

import io.socketlab.lab.diff.Divergence;
import io.socketlab.lab.grade.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run beside another, as a page shows it: what both have in common, and side by side where they
 * part.
 *
 * @param who the task or host whose behaviour differs
 * @param predictions ids of what was said otherwise beforehand
 * @param because the call that led to it, if what differs is no call itself
 */
record ComparisonPage(
        boolean same,
        String who,
        List<String> predictions,
        List<Line> before,
        @Nullable Line because,
        @Nullable Line ours,
        @Nullable Line reference,
        List<Line> after,
        List<Line> referenceAfter) {

    private static final double NANOS = 1e9;

    /**
     * @param seq its number in its run
     */
    record Line(int seq, String at, String text) {

        private static Line of(Divergence.Line line) {
            String seconds = String.format(Locale.ROOT, "%.6f s", line.at() / NANOS);
            return new Line(line.seq(), seconds, line.text());
        }
    }

    static ComparisonPage of(Comparison comparison) {
        Optional<Divergence> d = comparison.divergence();
        return new ComparisonPage(
                comparison.isSame(),
                d.map(Divergence::who).orElse(""),
                comparison.predictions(),
                d.map(Divergence::before).map(ComparisonPage::lines).orElse(List.of()),
                d.flatMap(Divergence::because).map(Line::of).orElse(null),
                d.flatMap(Divergence::ours).map(Line::of).orElse(null),
                d.flatMap(Divergence::reference).map(Line::of).orElse(null),
                d.map(Divergence::after).map(ComparisonPage::lines).orElse(List.of()),
                d.map(Divergence::referenceAfter).map(ComparisonPage::lines).orElse(List.of()));
    }

    private static List<Line> lines(List<Divergence.Line> lines) {
        return lines.stream().map(Line::of).toList();
    }
}
