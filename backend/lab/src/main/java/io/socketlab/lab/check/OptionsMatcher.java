package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A segment's TCP options against those that a pattern asks for. */
final class OptionsMatcher {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Scope scope;

    OptionsMatcher(Scope scope) {
        this.scope = scope;
    }

    boolean fit(Shape.Packet pattern, TraceEvent sending) {
        if (pattern.options().isEmpty()) return true;
        if (!(sending instanceof SegmentSent segment)) return false;
        Shape.Options options = pattern.options().get();
        List<String> found = options(segment);
        for (Template option : options.wanted()) {
            String wanted = option.fill(scope);
            if (!takeFirst(found, wanted)) return false;
        }
        return options.open() || found.isEmpty();
    }

    /** NOP stands there more than once: each that is wanted takes one of those found. */
    private static boolean takeFirst(List<String> found, String wanted) {
        String start = wanted.endsWith("*") ? wanted.substring(0, wanted.length() - 1) : "";
        for (int i = 0; i < found.size(); i++) {
            String option = found.get(i);
            if (!option.equals(wanted) && (start.isEmpty() || !option.startsWith(start))) continue;
            found.remove(i);
            return true;
        }
        return false;
    }

    private static List<String> options(SegmentSent segment) {
        var options = new ArrayList<String>();
        for (String option : segment.options().split(",", -1)) {
            if (!option.isBlank()) options.add(relative(segment, option.strip()));
        }
        return options;
    }

    /** SACK blocks count from the peer's SYN, as the ACK beside them does. */
    private static String relative(SegmentSent segment, String option) {
        if (!option.startsWith("sack ") || segment.relAck() < 0) return option;
        long syn = segment.absAck() - segment.relAck();
        return NUMBER.matcher(option)
                .replaceAll(n -> Long.toString(Long.parseLong(n.group()) - syn & 0xFFFF_FFFFL));
    }
}
