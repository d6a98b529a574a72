package io.socketlab.kernel.sysctl;

import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What is written to a setting that consists of numbers. As in proc_get_long(), kernel/sysctl.c, a
 * number is written as in C; of a setting with several those that are not written stay, and what is
 * written beyond the last is not looked at.
 */
final class SysctlNumbers {

    private static final Pattern NUMBER = Pattern.compile("-?(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19})");

    /** Ports below need a right of their own: net.ipv4.ip_unprivileged_port_start. */
    private static final long FIRST_UNPRIVILEGED = 1024;

    private static final String PORTS = "net.ipv4.ip_local_port_range";

    /** Groups from the first to the last; ipv4_ping_group_range() writes none as 1 0. */
    private static final String GROUPS = "net.ipv4.ping_group_range";

    private static final String NO_GROUP = "1 0";

    private SysctlNumbers() {}

    /**
     * Answers the new value.
     *
     * @param before the value as it is
     * @param written words, with a blank between
     * @throws IllegalArgumentException if it cannot be that
     */
    static String written(String name, String before, String written) {
        String[] now = before.split(" ", -1);
        String[] words = written.split(" ", -1);
        SysctlRanges.Range range = SysctlRanges.of(name);
        for (int i = 0; i < Math.min(now.length, words.length); i++) {
            OptionalLong number = number(words[i]);
            if (number.isEmpty()) {
                String plural = now.length == 1 ? "a number" : now.length + " numbers";
                throw new IllegalArgumentException(
                        name + " is " + plural + " such as " + before + ", not " + written);
            }
            if (!range.has(number.getAsLong())) {
                throw new IllegalArgumentException(
                        name
                                + " is from "
                                + range.least()
                                + " to "
                                + range.greatest()
                                + ", not "
                                + words[i]);
            }
            now[i] = Long.toString(number.getAsLong());
        }
        if (name.equals(PORTS)) checkPorts(Long.parseLong(now[0]), Long.parseLong(now[1]));
        boolean nobody = name.equals(GROUPS) && Long.parseLong(now[1]) < Long.parseLong(now[0]);
        if (nobody) return NO_GROUP;
        var value = new StringJoiner(" ");
        for (String each : now) value.add(each);
        return value.toString();
    }

    /** ipv4_local_port_range(). */
    private static void checkPorts(long first, long last) {
        if (first <= last && first >= FIRST_UNPRIVILEGED) return;
        throw new IllegalArgumentException(
                PORTS
                        + " begins at 1024 or above and does not end before, as "
                        + first
                        + " "
                        + last
                        + " would");
    }

    private static OptionalLong number(String word) {
        if (!NUMBER.matcher(word).matches()) return OptionalLong.empty();
        try {
            return OptionalLong.of(Long.decode(word));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // too large, or 09
        }
    }
}
