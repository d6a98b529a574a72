package io.socketlab.kernel.link;

import java.util.Queue;

/** Reads what tc(8) has after {@code red}: {@code limit 60000 avpkt 1000 ecn}. */
final class RedReader {

    private static final int BITS = 8;

    private RedReader() {}

    /**
     * @throws IllegalArgumentException with what was expected
     */
    static RedOptions read(Queue<String> words) {
        int limit = 0;
        int min = 0;
        int max = 0;
        int averagePacket = 0;
        int burst = 0;
        long bandwidth = RedOptions.DEFAULT_BANDWIDTH;
        double probability = RedOptions.DEFAULT_PROBABILITY;
        boolean ecn = false;
        boolean hardDrop = false;
        while (!words.isEmpty()) {
            String name = words.remove();
            switch (name) {
                case "limit" -> limit = octets(words, name);
                case "min" -> min = octets(words, name);
                case "max" -> max = octets(words, name);
                case "avpkt" -> averagePacket = octets(words, name);
                case "burst" -> burst = number(words, name);
                case "bandwidth" -> bandwidth = QdiscReader.rate(value(words, name)) * BITS;
                case "probability" -> probability = probability(value(words, name));
                case "ecn" -> ecn = true;
                case "harddrop" -> hardDrop = true;
                default ->
                        throw new IllegalArgumentException(
                                "red has no option '"
                                        + name
                                        + "': expected limit, min, max, avpkt, burst, probability,"
                                        + " bandwidth, ecn or harddrop");
            }
        }
        return new RedOptions(
                limit, min, max, averagePacket, burst, bandwidth, probability, ecn, hardDrop);
    }

    private static String value(Queue<String> words, String of) {
        String value = words.poll();
        if (value == null) throw new IllegalArgumentException("expected a value for " + of);
        return value;
    }

    private static int octets(Queue<String> words, String of) {
        return (int) Math.min(Integer.MAX_VALUE, QdiscReader.octets(value(words, of)));
    }

    private static int number(Queue<String> words, String of) {
        String text = value(words, of);
        if (text.matches("[0-9]{1,6}")) return Integer.parseInt(text);
        throw new IllegalArgumentException("expected packets for " + of + ", not '" + text + "'");
    }

    private static double probability(String text) {
        if (text.matches("0|1|0?\\.[0-9]{1,9}")) return Double.parseDouble(text);
        throw new IllegalArgumentException(
                "expected a probability, as in 0.02, not '" + text + "'");
    }
}
