package io.socketlab.lab.packetdrill;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ends a shell command: it has been asked for what it cannot do, and says so. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,18})([a-zA-Z]*)");

    private final String complaint;

    CommandFailure(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    String complaint() {
        return complaint;
    }

    /**
     * An argument that is a whole number.
     *
     * @param what it is, for the complaint
     */
    static int number(String what, String text, int least, int most) {
        Matcher m = NUMBER.matcher(text);
        boolean whole = m.matches() && m.group(2).isEmpty();
        long number = whole ? Long.parseLong(text) : -1;
        if (number >= least && number <= most) return (int) number;
        throw new CommandFailure(
                what + ": expected a number from " + least + " to " + most + ", found " + text);
    }

    /** A number of dd(1), with its unit: {@code 4}, {@code 4k}, {@code 4M}; at most an int's. */
    static long unitsOf(String what, String text) {
        Matcher m = NUMBER.matcher(text);
        if (m.matches()) {
            long unit =
                    switch (m.group(2)) {
                        case "", "c" -> 1;
                        case "w" -> 2;
                        case "b" -> 512;
                        case "kB" -> 1000;
                        case "k", "K", "KiB" -> 1 << 10;
                        case "MB" -> 1_000_000;
                        case "M", "MiB" -> 1 << 20;
                        case "G", "GiB" -> 1 << 30;
                        default -> 0;
                    };
            long number = Long.parseLong(m.group(1));
            if (unit > 0 && number <= Integer.MAX_VALUE / unit) return number * unit;
        }
        throw new CommandFailure(
                what + ": expected a number up to 2147483647 such as 512 or 4k, found " + text);
    }
}
