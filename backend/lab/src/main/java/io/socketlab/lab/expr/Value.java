package io.socketlab.lab.expr;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a parameter or an expression comes to. */
public sealed interface Value {

    Pattern INT = Pattern.compile("-?[0-9]{1,18}");

    Pattern SPAN = Pattern.compile("([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(ns|us|ms|s|m|h)");

    /** A hundred years: what is longer is a slip, and two of them can still be added. */
    BigDecimal LONGEST = BigDecimal.valueOf(100L * 365 * 24 * 3600 * 1_000_000_000);

    /** A whole number. */
    record Int(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A length of virtual time, in nanoseconds; written {@code 20ms}. */
    record Span(long nanos) implements Value {
        @Override
        public String toString() {
            return text(nanos);
        }
    }

    /** A word: a state, an address, a constant. */
    record Word(String text) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    record Truth(boolean holds) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(holds);
        }
    }

    /** Reads a number, a length of time, or else a word. */
    static Value of(String text) {
        if (!mayBeNumber(text)) return new Word(text);
        if (INT.matcher(text).matches()) return new Int(Long.parseLong(text));
        Optional<Long> nanos = nanos(text);
        if (nanos.isPresent()) return new Span(nanos.get());
        return new Word(text);
    }

    /** Most of what a trace says are words, and the patterns are dear. */
    private static boolean mayBeNumber(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        return first <= '9' && first != '"';
    }

    /**
     * Reads a length of time, {@code 1.5s}, {@code 20ms}; empty if it is none, or longer than a
     * hundred years.
     */
    static Optional<Long> nanos(String text) {
        Matcher m = SPAN.matcher(text.strip());
        if (!m.matches()) return Optional.empty();
        long unit =
                switch (m.group(2)) {
                    case "ns" -> 1L;
                    case "us" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    default -> 3_600_000_000_000L;
                };
        BigDecimal nanos = new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(unit));
        return nanos.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(nanos.longValue());
    }

    /** Writes a length of time in the largest unit in which it is short. */
    static String text(long nanos) {
        long size = Math.abs(nanos);
        if (size == 0) return "0s";
        if (size >= 1_000_000_000L) return decimal(nanos, 9) + "s";
        if (size >= 1_000_000L) return decimal(nanos, 6) + "ms";
        if (size >= 1_000L) return decimal(nanos, 3) + "us";
        return nanos + "ns";
    }

    private static String decimal(long value, int scale) {
        return BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
    }
}
