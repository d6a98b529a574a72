package io.socketlab.server.integrity;

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

    /** Those of a text as somebody with these values wrote it. */
    static Set<Long> of(List<String> lines, Given given) {
        return of(Normal.lines(lines, given).stream().flatMap(List::stream).toList());
    }

    private static Set<Long> of(List<String> tokens) {
        int[] codes = tokens.stream().mapToInt(String::hashCode).toArray();
        long[] hashes = new long[Math.max(0, codes.length - K + 1)];
        for (int i = 0; i < hashes.length; i++) hashes[i] = hash(codes, i);
        Set<Long> chosen = new HashSet<>();
        for (int i = 0; i + WINDOW <= hashes.length; i++) {
            long least = Long.MAX_VALUE;
            for (int j = i; j < i + WINDOW; j++) least = Math.min(least, hashes[j]);
            chosen.add(least);
        }
        return chosen;
    }

    private static long hash(int[] codes, int from) {
        long hash = 7;
        for (int i = from; i < from + K; i++) hash = hash * PRIME + codes[i];
        // so that the least is not that of the first letters
        hash ^= hash >>> 29;
        return hash * 0x9E3779B97F4A7C15L;
    }
}
