package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.Chance;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a queueing discipline of what tc(8) has after {@code root}: {@code fq flow_limit 200
 * maxrate 10mbit}.
 */
public final class QdiscReader {

    /** The kinds there are. */
    public static final List<String> KINDS =
            List.of("pfifo_fast", "pfifo", "bfifo", "fq", "red", "noqueue");

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9})(\\.[0-9]{1,6})?([a-z]*)");

    /** Frames of a kilobyte and a half: what bfifo holds by default, txqueuelen of them. */
    private static final long DEFAULT_OCTETS = PfifoFast.DEFAULT_LIMIT * 1514L;

    private final Queue<String> words;
    private FqOptions fq = FqOptions.DEFAULT;

    private final Chance chance;

    private QdiscReader(List<String> words, Chance chance) {
        this.words = new ArrayDeque<>(words);
        this.chance = chance;
    }

    /**
     * Reads the words.
     *
     * @param chance for disciplines that leave something to it
     * @throws IllegalArgumentException with what was expected
     */
    public static Qdisc read(List<String> words, Chance chance) {
        return new QdiscReader(words, chance).read();
    }

    /**
     * Sees whether the words can be read.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static void check(List<String> words) {
        read(words, new Chance(0));
    }

    private Qdisc read() {
        String kind = words.isEmpty() ? "" : words.remove();
        return switch (kind) {
            case "pfifo_fast" -> end(new PfifoFast(PfifoFast.DEFAULT_LIMIT));
            case "noqueue" -> end(new PfifoFast(Integer.MAX_VALUE));
            case "pfifo" -> {
                int limit = words.isEmpty() ? PfifoFast.DEFAULT_LIMIT : count(limitWord());
                yield end(Fifo.ofPackets(limit));
            }
            case "bfifo" -> {
                long limit = words.isEmpty() ? DEFAULT_OCTETS : octets(limitWord());
                yield end(Fifo.ofOctets(limit));
            }
            case "fq" -> fq();
            case "red" -> new Red(RedReader.read(words), chance);
            default ->
                    throw new IllegalArgumentException(
                            "expected one of " + String.join(", ", KINDS) + ", not '" + kind + "'");
        };
    }

    private Qdisc end(Qdisc qdisc) {
        if (words.isEmpty()) return qdisc;
        throw new IllegalArgumentException(
                qdisc.kind() + " has no option '" + words.remove() + "'");
    }

    private String limitWord() {
        String word = words.remove();
        if (!word.equals("limit")) throw new IllegalArgumentException("expected limit: " + word);
        return value(word);
    }

    private String value(String of) {
        String value = words.poll();
        if (value == null) throw new IllegalArgumentException("expected a value for " + of);
        return value;
    }

    private Qdisc fq() {
        while (!words.isEmpty()) fqOption(words.remove());
        return new Fq(fq);
    }

    private void fqOption(String name) {
        FqOptions o = fq;
        int limit = o.limit();
        int flowLimit = o.flowLimit();
        int quantum = o.quantum();
        int initialQuantum = o.initialQuantum();
        long maxRate = o.maxRate();
        boolean pacing = o.pacing();
        long horizon = o.horizon();
        boolean drops = o.dropsBeyondHorizon();
        switch (name) {
            case "limit" -> limit = count(value(name));
            case "flow_limit" -> flowLimit = count(value(name));
            case "quantum" -> quantum = (int) octets(value(name));
            case "initial_quantum" -> initialQuantum = (int) octets(value(name));
            case "maxrate" -> maxRate = rate(value(name));
            case "pacing" -> pacing = true;
            case "nopacing" -> pacing = false;
            case "horizon" -> horizon = time(value(name));
            case "horizon_drop" -> drops = true;
            case "horizon_cap" -> drops = false;
            default ->
                    throw new IllegalArgumentException(
                            "fq has no option '"
                                    + name
                                    + "': expected limit, flow_limit, quantum, initial_quantum,"
                                    + " maxrate, pacing, nopacing, horizon, horizon_drop or"
                                    + " horizon_cap");
        }
        fq =
                new FqOptions(
                        limit, flowLimit, quantum, initialQuantum, maxRate, pacing, horizon, drops);
    }

    private static int count(String text) {
        return (int) number(text, "packets, as in 100p", text.endsWith("p") ? "p" : "");
    }

    static long octets(String text) {
        return switch (unit(text)) {
            case "", "b" -> number(text, "octets", unit(text));
            case "k", "kb" -> number(text, "octets", unit(text)) * 1024;
            default -> throw expected("octets, as in 3028b or 15k", text);
        };
    }

    /** Octets a second. */
    static long rate(String text) {
        double number = Double.parseDouble(matched(text, "a rate, as in 10mbit").group(1));
        double scale =
                switch (unit(text)) {
                    case "", "bit" -> 1;
                    case "kbit" -> 1e3;
                    case "mbit" -> 1e6;
                    case "gbit" -> 1e9;
                    default -> throw expected("a rate, as in 10mbit", text);
                };
        return (long) (number * scale / 8);
    }

    /** Nanoseconds. */
    private static long time(String text) {
        long number = Long.parseLong(matched(text, "a time, as in 10s").group(1));
        return switch (unit(text)) {
            case "s" -> number * 1_000_000_000L;
            case "ms" -> number * 1_000_000L;
            case "", "us" -> number * 1_000L;
            default -> throw expected("a time, as in 10s", text);
        };
    }

    private static String unit(String text) {
        return matched(text, "a number").group(3);
    }

    private static long number(String text, String what, String unit) {
        Matcher m = matched(text, what);
        if (!m.group(3).equals(unit) || m.group(2) != null) throw expected(what, text);
        return Long.parseLong(m.group(1));
    }

    private static Matcher matched(String text, String what) {
        Matcher m = NUMBER.matcher(text);
        if (!m.matches()) throw expected(what, text);
        return m;
    }

    private static IllegalArgumentException expected(String what, String text) {
        return new IllegalArgumentException("expected " + what + ", not '" + text + "'");
    }
}
