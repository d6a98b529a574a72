package io.socketlab.kernel.link;

/**
 * What tc-red(8) can set. The thresholds are of the average queue length, octets.
 *
 * @param limit octets that the queue holds at most
 * @param min below it no packet is marked; 0 for a third of {@code max}
 * @param max above it every packet is; 0 for a quarter of the limit
 * @param averagePacket octets
 * @param burst packets that may come at once without being marked; 0 for {@code (2·min + max) /
 *     (3·averagePacket)}
 * @param bandwidth bit/s of the link, by which the average falls while nothing is sent
 * @param probability of being marked as the average comes near {@code max}
 * @param ecn packets that can be are marked, not dropped; RFC 3168
 * @param hardDrop above {@code max} all are dropped nevertheless
 */
public record RedOptions(
        int limit,
        int min,
        int max,
        int averagePacket,
        int burst,
        long bandwidth,
        double probability,
        boolean ecn,
        boolean hardDrop) {

    static final double DEFAULT_PROBABILITY = 0.02;

    /** bit/s. */
    static final long DEFAULT_BANDWIDTH = 10_000_000;

    private static final int MAX_LOG = 32;

    public RedOptions {
        if (limit <= 0 || averagePacket <= 0) {
            throw new IllegalArgumentException("red needs a limit and an avpkt");
        }
        if (max == 0) max = limit / 4;
        if (min == 0) min = max / 3;
        if (burst == 0) burst = (2 * min + max) / (3 * averagePacket);
        if (min > max) throw new IllegalArgumentException("red: min is above max");
        if (probability < 0 || probability > 1) {
            throw new IllegalArgumentException("red: a probability is from 0 to 1");
        }
        weightLog(burst, min, averagePacket);
    }

    /** The average moves by a part of 1/2^weightLog towards the queue with each packet. */
    int weightLog() {
        return weightLog(burst, min, averagePacket);
    }

    /**
     * The greatest weight that lets {@code burst} packets pass: burst + 1 - min/avpkt <
     * (1-(1-W)^burst)/W.
     */
    private static int weightLog(int burst, int min, int averagePacket) {
        double wanted = burst + 1 - (double) min / averagePacket;
        double weight = 0.5;
        for (int log = 1; wanted >= 1 && log < MAX_LOG; log++, weight /= 2) {
            if (wanted <= (1 - Math.pow(1 - weight, burst)) / weight) return log;
        }
        throw new IllegalArgumentException(
                "red: no weight fits a burst of " + burst + " packets: expected about min/avpkt");
    }
}
