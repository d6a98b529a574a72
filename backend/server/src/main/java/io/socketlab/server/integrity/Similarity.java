package io.socketlab.server.integrity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which of a class's hand-ins have in common what the task does not explain. What the starter, the
 * solutions and the wrong answers of the lab have, and what many of the class have, explains
 * nothing and is left out, so that in a small lab mostly nothing remains: then nothing is flagged.
 */
final class Similarity {

    /** Of what one has of his own, so much has to be the other's too. */
    private static final double ENOUGH = 0.6;

    /** And so many fingerprints at least: a few may be chance. */
    private static final int LEAST = 6;

    /** What more of the class than this has is the task's. */
    private static final double COMMON = 0.25;

    private static final int FEW = 2;

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
     * @param known what the lab's own files say with somebody's seed, line by line
     */
    static List<Pair> pairs(List<Work> works, Function<Work, List<List<String>>> known) {
        Set<Long> explained = new HashSet<>();
        for (Work work : works) {
            for (List<String> text : known.apply(work)) {
                explained.addAll(prints(text, work.parameters()));
            }
        }
        Map<Work, Set<Long>> prints = new HashMap<>();
        Map<Long, Integer> have = new HashMap<>();
        for (Work work : works) {
            Set<Long> own = prints(work.lines(), work.parameters());
            own.removeAll(explained);
            prints.put(work, own);
            own.forEach(print -> have.merge(print, 1, Integer::sum));
        }
        int many = Math.max(FEW, (int) (COMMON * works.size()));
        prints.values().forEach(own -> own.removeIf(p -> have.getOrDefault(p, 0) > many));
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            for (int j = i + 1; j < works.size(); j++) {
                pair(works.get(i), works.get(j), prints, pairs);
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::share).reversed());
        return pairs;
    }

    private static void pair(Work a, Work b, Map<Work, Set<Long>> prints, List<Pair> pairs) {
        Set<Long> as = prints.getOrDefault(a, Set.of());
        Set<Long> bs = prints.getOrDefault(b, Set.of());
        int smaller = Math.min(as.size(), bs.size());
        if (smaller < LEAST) return;
        var shared = new HashSet<>(as);
        shared.retainAll(bs);
        double share = (double) shared.size() / smaller;
        if (shared.size() < LEAST || share < ENOUGH) return;
        boolean inOrder = !b.at().isBefore(a.at());
        pairs.add(new Pair(inOrder ? a : b, inOrder ? b : a, shared.size(), share));
    }

    private static Set<Long> prints(List<String> lines, Set<String> parameters) {
        List<String> tokens = new ArrayList<>();
        for (String line : lines) tokens.addAll(Normal.tokens(line, parameters));
        return Fingerprints.of(tokens);
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

    /** Values that somebody used which his seed does not give him and another's does. */
    static List<Foreign> foreign(List<Work> works) {
        Map<String, List<Work>> whose = new HashMap<>();
        for (Work work : works) {
            for (String value : work.parameters()) {
                whose.computeIfAbsent(value, _ -> new ArrayList<>()).add(work);
            }
        }
        List<Foreign> found = new ArrayList<>();
        for (Work work : works) {
            Set<String> said = new HashSet<>();
            for (String line : work.lines()) {
                for (String value : Normal.longNumbers(line)) {
                    List<Work> others =
                            whose.getOrDefault(value, List.of()).stream()
                                    .filter(o -> o.seed() != work.seed())
                                    .toList();
                    boolean foreign = !work.parameters().contains(value) && !others.isEmpty();
                    if (foreign && said.add(value)) {
                        found.add(new Foreign(work, value, line, others));
                    }
                }
            }
        }
        return found;
    }
}
