package io.socketlab.server.course;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A hand-in as its page shows it.
 *
 * @param n counts all of an assignment, from 1
 * @param score {@code 7 of 10}, or empty if it is not shown
 * @param counts what it could earn, in words
 * @param path of its result; empty if it has no page
 */
record HandInRow(int n, HandIn handIn, String score, String counts, String path) {

    /**
     * Those of one member, the last first.
     *
     * @param hidden whether scores are not shown
     */
    static List<HandInRow> of(Credit credit, boolean hidden) {
        return IntStream.range(0, credit.counted().size())
                .mapToObj(i -> row(i + 1, credit.counted().get(i), hidden))
                .toList()
                .reversed();
    }

    private static HandInRow row(int n, Credit.Counted counted, boolean hidden) {
        HandIn handIn = counted.handIn();
        String score =
                hidden
                        ? ""
                        : Numbers.text(handIn.score()) + " of " + Numbers.text(handIn.maxScore());
        boolean onPage = handIn.way().equals("page");
        return new HandInRow(
                n,
                handIn,
                score,
                worth(counted),
                onPage ? "/runs/" + handIn.run() + "/submissions/" + handIn.ref() : "");
    }

    private static String worth(Credit.Counted counted) {
        if (counted.handIn().isOurFault()) return "does not count: our fault";
        return counted.isPractice() ? "practice" : "counts " + counted.percent() + " %";
    }
}
