package io.socketlab.server.integrity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of a class's hand-ins have in common what the task does not explain. What the lab's own
 * files have, and what many of the class have, explains nothing and is left out, so that in a small
 * lab mostly nothing remains: then nothing is flagged.
 */
final class Similarity {

    /** Of what one has of his own, so much has to be the other's too. */
    private static final double ENOUGH = 0.8;

    /** And so many fingerprints at least: a few may be chance. */
    private static final int LEAST = 6;

    /** What more of the class than this has is the task's. */
    private static final double COMMON = 0.25;

    /** But not what fewer than so many have: they may have it from one another. */
    private static final int FEW = 4;

    private Similarity() {}

    /**
     * Two hand-ins that are alike.
     *
     * @param one was handed in first
     * @param shared fingerprints that they have in common
     * @param share of the smaller one's, from 0 to 1
     */
    record Pair(Work one, Work other, int shared, double share) {

        public int percent() {
            return (int) Math.round(100 * share);
        }
    }

    /**
     * The pairs that a person should look at, the most alike first.
     *
     * @param handout what the lab gives to everybody
     */
    static List<Pair> pairs(List<Work> works, Handout handout) {
        var explained = new HashSet<Long>();
        works.stream()
                .map(Work::seed)
                .distinct()
                .forEach(seed -> explained.addAll(handout.prints(seed)));
        return pairs(works, explained);
    }

    /** The same without the fingerprints of {@code explained}. */
    static List<Pair> pairs(List<Work> works, Set<Long> explained) {
        List<Set<Long>> prints = new ArrayList<>();
        Map<Long, Integer> have = new HashMap<>();
        for (Work work : works) {
            Set<Long> own = Fingerprints.of(work.lines(), work.given());
            own.removeAll(explained);
            prints.add(own);
            own.forEach(print -> have.merge(print, 1, Integer::sum));
        }
        int atMost = Math.max(FEW - 1, (int) (COMMON * works.size()));
        prints.forEach(own -> own.removeIf(p -> have.getOrDefault(p, 0) > atMost));
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            if (prints.get(i).size() < LEAST) continue;
            for (int j = i + 1; j < works.size(); j++) {
                if (works.get(i).isOf(works.get(j).member())) continue;
                pair(works.get(i), prints.get(i), works.get(j), prints.get(j), pairs);
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::share).reversed());
        return pairs;
    }

    private static void pair(Work a, Set<Long> as, Work b, Set<Long> bs, List<Pair> pairs) {
        boolean inSize = as.size() <= bs.size();
        Set<Long> smaller = inSize ? as : bs;
        Set<Long> larger = inSize ? bs : as;
        if (smaller.size() < LEAST) return;
        int shared = (int) smaller.stream().filter(larger::contains).count();
        double share = (double) shared / smaller.size();
        if (shared < LEAST || share < ENOUGH) return;
        boolean inOrder = !b.at().isBefore(a.at());
        pairs.add(new Pair(inOrder ? a : b, inOrder ? b : a, shared, share));
    }

    /**
     * A line of one side of a pair.
     *
     * @param alike whether the other side has it, too
     */
    record Line(String text, boolean alike) {}

    /** The lines of a hand-in, and which of them another has, too. */
    static List<Line> lines(Work of, Work other) {
        Set<List<String>> there = new HashSet<>(Normal.lines(other.lines(), other.given()));
        List<List<String>> here = Normal.lines(of.lines(), of.given());
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            List<String> tokens = here.get(i);
            boolean alike = tokens.size() > 1 && there.contains(tokens);
            lines.add(new Line(of.lines().get(i), alike));
        }
        return lines;
    }

    /**
     * A value of another's seed in somebody's hand-in.
     *
     * @param others whose seed gives it
     */
    record Foreign(Work work, String value, String line, List<Work> others) {
        Foreign {
            others = List.copyOf(others);
        }
    }

    /**
     * Values in somebody's work that neither the own seed nor the lab's files give, and that
     * another's seed does.
     */
    static List<Foreign> foreign(List<Work> works, Handout handout) {
        Map<String, List<Work>> whose = new HashMap<>();
        for (Work work : works) {
            for (String value : work.given().telling()) {
                whose.computeIfAbsent(value, _ -> new ArrayList<>()).add(work);
            }
        }
        List<Foreign> found = new ArrayList<>();
        for (Work work : works) {
            var settled = new HashSet<>(work.given().values());
            settled.addAll(handout.said(work.seed()));
            for (String line : work.lines()) {
                for (String value : Normal.telling(line)) {
                    List<Work> others = whose.getOrDefault(value, List.of());
                    if (!others.isEmpty() && settled.add(value)) {
                        found.add(new Foreign(work, value, line, others));
                    }
                }
            }
        }
        return found;
    }
}
