package io.socketlab.server.course;

import java.util.Locale;

/** Numbers as pages show them. */
public final class Numbers {

    private Numbers() {}

    /** With two decimals at most, and none that say nothing: {@code 7}, {@code 7.5}. */
    public static String text(double n) {
        if (n == Math.rint(n)) return Long.toString((long) n);
        return String.format(Locale.ROOT, "%.2f", n).replaceFirst("0$", "");
    }
}
