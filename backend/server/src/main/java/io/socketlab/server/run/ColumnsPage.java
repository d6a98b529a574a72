package io.socketlab.server.run;

import io.socketlab.lab.diff.Divergence;
import io.socketlab.lab.diff.SideBySide;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A part of two runs in two columns, as a page shows it.
 *
 * @param from number of the first row, from 0
 * @param total rows of the whole
 * @param earlier where the page before this one begins; null on the first
 * @param later where the next page begins; null on the last
 * @param parting the page with the first difference begins here; null if they do not part
 */
record ColumnsPage(
        List<Row> rows,
        int from,
        int total,
        @Nullable Integer earlier,
        @Nullable Integer later,
        @Nullable Integer parting) {

    private static final int ROWS = 200;

    /** Of the rows, those above the first difference. */
    private static final int ABOVE = 60;

    /**
     * @param likeness same, moved or alone
     * @param parting whether they first part here
     */
    record Row(
            String likeness,
            boolean parting,
            @Nullable Side ours,
            @Nullable Side reference,
            int partner) {

        private static Row of(SideBySide.Row row, boolean parting) {
            return new Row(
                    row.likeness().name().toLowerCase(Locale.ROOT),
                    parting,
                    row.ours().map(Side::of).orElse(null),
                    row.reference().map(Side::of).orElse(null),
                    row.partner());
        }
    }

    /**
     * @param seq its number in its run
     * @param at seconds of virtual time
     */
    record Side(int seq, String at, String text) {

        private static final double NANOS = 1e9;

        private static Side of(Divergence.Line line) {
            String seconds = String.format(Locale.ROOT, "%.6f", line.at() / NANOS);
            return new Side(line.seq(), seconds, line.text());
        }
    }

    /**
     * @param wanted the first row; below 0 for the page with the first difference in its midst
     */
    static ColumnsPage of(SideBySide both, int wanted) {
        List<SideBySide.Row> rows = both.rows();
        Optional<Integer> around = both.parting().map(row -> Math.max(0, row - ABOVE));
        int first = wanted >= 0 ? wanted : around.orElse(0);
        int from = Math.min(first, Math.max(0, rows.size() - 1));
        int to = Math.min(rows.size(), from + ROWS);
        int parting = both.parting().orElse(-1);
        return new ColumnsPage(
                IntStream.range(from, to).mapToObj(i -> Row.of(rows.get(i), i == parting)).toList(),
                from,
                rows.size(),
                from > 0 ? Math.max(0, from - ROWS) : null,
                to < rows.size() ? to : null,
                around.orElse(null));
    }
}
