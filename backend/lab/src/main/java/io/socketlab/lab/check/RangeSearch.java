package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Shape.Direction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds where the octets of a range are complete, however they were cut into segments. */
final class RangeSearch {

    private static final int LONGEST = 1 << 24;

    private final TraceIndex index;
    private final TermMatcher terms;

    RangeSearch(TraceIndex index, TermMatcher terms) {
        this.index = index;
        this.terms = terms;
    }

    /** One position a connection: where the last missing octet went by. */
    List<Integer> find(Shape.Range range) {
        long from = terms.number(range.from());
        long to = terms.number(range.to());
        if (to < from || to - from > LONGEST) {
            throw new IllegalArgumentException("a range of octets from " + from + " to " + to);
        }
        int wanted = (int) (to - from);
        var seen = new HashMap<String, BitSet>();
        var found = new ArrayList<Integer>();
        for (int i = 0; i < index.events().size(); i++) {
            if (add(range, i, from, wanted, seen)) found.add(i);
        }
        return found;
    }

    private boolean add(
            Shape.Range range, int position, long from, int wanted, Map<String, BitSet> seen) {
        TraceEvent event = index.events().get(position);
        String host = range.who().host();
        if (!host.equals("*") && !host.equals(event.stamp().host())) return false;
        TraceEvent sending =
                range.direction() == Direction.OUT ? event : index.sending(event).orElse(event);
        boolean received = event instanceof TraceEvent.SegmentReceived;
        if (received != (range.direction() == Direction.IN)) return false;
        if (!(sending instanceof TraceEvent.SegmentSent s) || s.length() == 0) return false;
        BitSet octets = seen.computeIfAbsent(s.src() + ">" + s.dst(), _ -> new BitSet());
        boolean before = octets.nextClearBit(0) >= wanted;
        int first = (int) Math.max(0, s.relSeq() - from);
        int last = (int) Math.min(wanted, s.relSeq() + s.length() - from);
        if (first < last) octets.set(first, last);
        return !before && octets.nextClearBit(0) >= wanted;
    }
}
