package io.socketlab.lab.expr;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast a link is, as tc(8) writes it: {@code 500kbit}, {@code 1.5mbit}. */
public final class Rate {

    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)([kmg]?)bit");

    private Rate() {}

    /** In bit/s, a fraction of one left out; empty if {@code text} is no rate. */
    public static Optional<Long> bits(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) return Optional.empty();
        int power =
                switch (m.group(2)) {
                    case "k" -> 3;
                    case "m" -> 6;
                    case "g" -> 9;
                    default -> 0;
                };
        return Optional.of(new BigDecimal(m.group(1)).scaleByPowerOfTen(power).longValue());
    }
}
