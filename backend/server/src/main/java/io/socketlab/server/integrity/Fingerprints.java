package io.socketlab.server.integrity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fingerprints of a text by winnowing: of each window of hashes of {@code k} tokens the least, so
 * that any run of tokens of at least {@code k + w - 1} that two texts share is found. Schleimer,
 * Wilkerson, Aiken, <i>Winnowing: Local Algorithms for Document Fingerprinting</i>, SIGMOD 2003.
 */
final class Fingerprints {

    private static final int K = 8;
    private static final int WINDOW = 4;
    private static final long PRIME = 1_000_003;

    private Fingerprints() {}

    static Set<Long> of(List<String> tokens) {
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i + K <= tokens.size(); i++) hashes.add(hash(tokens.subList(i, i + K)));
        Set<Long> chosen = new HashSet<>();
        for (int i = 0; i + WINDOW <= hashes.size(); i++) {
            long least = Long.MAX_VALUE;
            for (long hash : hashes.subList(i, i + WINDOW)) least = Math.min(least, hash);
            chosen.add(least);
        }
        return chosen;
    }

    private static long hash(List<String> tokens) {
        long hash = 7;
        for (String token : tokens) hash = hash * PRIME + token.hashCode();
        // so that the least is not that of the first letters
        hash ^= hash >>> 29;
        return hash * 0x9E3779B97F4A7C15L;
    }
}
