package io.socketlab.lab.command;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Text as C programs print it. */
final class Text {

    private Text() {}

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** {@code %g}, for what is neither very small nor very large: six digits, no zeros behind. */
    static String g(double value) {
        if (value == 0) return "0";
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6));
        return rounded.stripTrailingZeros().toPlainString();
    }

    /** Spaces behind, to a width. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Spaces in front, to a width. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
