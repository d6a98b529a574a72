package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.trace.TraceEvent.TcbChanged;
import java.util.ArrayList;
import java.util.List;

/**
 * The round trips of a connection's text, by its ACK clock: each ends with the event at which all
 * is acknowledged that had been sent when its first acknowledgement came.
 */
final class Rounds {

    private final List<Integer> ends = new ArrayList<>();
    private boolean textSent;
    private boolean marked;
    private long una;
    private long nxt;
    private long mark;

    private Rounds() {}

    /**
     * The position of the first text, and then of the end of every round trip, from {@code first}
     * on and before {@code end}.
     */
    static List<Integer> of(
            List<TraceEvent> events, TraceIndex.SocketFacts socket, int first, int end) {
        var rounds = new Rounds();
        for (int i = 0; i < end; i++) {
            TraceEvent event = events.get(i);
            if (!event.stamp().host().equals(socket.host)) continue;
            if (event instanceof TcbChanged e && e.socket() == socket.number) {
                rounds.changed(e, i);
            } else if (event instanceof SegmentSent e && e.socket() == socket.number) {
                rounds.sent(e, i, first);
            }
        }
        return rounds.ends;
    }

    private void sent(SegmentSent segment, int position, int first) {
        if (textSent || segment.length() == 0 || position < first) return;
        textSent = true;
        ends.add(position);
    }

    private void changed(TcbChanged event, int position) {
        long sentBefore = nxt;
        if (event.changed().has(TcbVariable.SND_NXT))
            nxt = event.changed().get(TcbVariable.SND_NXT);
        if (!event.changed().has(TcbVariable.SND_UNA)) return;
        long before = una;
        una = event.changed().get(TcbVariable.SND_UNA);
        if (!textSent || !isAfter(una, before)) return;
        if (!marked) mark = sentBefore;
        marked = !isAfter(una, mark - 1);
        if (!marked) ends.add(position);
    }

    /** Of sequence numbers, which go round. */
    private static boolean isAfter(long a, long b) {
        return (int) (a - b) > 0;
    }
}
