package io.socketlab.lab.capture;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.lab.check.Narrator;
import io.socketlab.lab.check.TraceIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What the trace has to say of a frame, for its comment: which event it is, what it carries and
 * what led to that, the rule that decided it, and what became of it.
 */
final class FrameComments {

    private final List<TraceEvent> events;
    private final Narrator narrator;

    /** Frames before this one of the same packet, by event. */
    private final Map<Integer, Frame> before = new HashMap<>();

    /** What befell a packet after a frame of it, by the frame's event. */
    private final Map<Integer, List<PacketDropped>> drops = new HashMap<>();

    FrameComments(Capture capture) {
        events = capture.events();
        narrator = new Narrator(new TraceIndex(events));
        Map<Integer, List<Frame>> byPacket = new HashMap<>();
        for (Frame frame : capture.frames()) {
            List<Frame> ofPacket = byPacket.computeIfAbsent(frame.packet(), _ -> new ArrayList<>());
            if (!ofPacket.isEmpty()) before.put(frame.event(), ofPacket.getLast());
            ofPacket.add(frame);
        }
        for (TraceEvent event : events) {
            if (!(event instanceof PacketDropped drop)) continue;
            lastBefore(byPacket.getOrDefault(drop.packet(), List.of()), drop.stamp().seq())
                    .ifPresent(frame ->
                            drops.computeIfAbsent(frame.event(), _ -> new ArrayList<>()).add(drop));
        }
    }

    private static Optional<Frame> lastBefore(List<Frame> frames, int event) {
        return frames.reversed().stream().filter(frame -> frame.event() < event).findFirst();
    }

    /** Lines of text, never none. */
    String of(Frame frame) {
        var lines = new StringJoiner("\n");
        lines.add(
                "event %d: packet %d %s %s"
                        .formatted(
                                frame.event(),
                                frame.packet(),
                                frame.outgoing() ? "leaves" : "arrives at",
                                frame.card()));
        TraceEvent sent = sending(frame.event());
        if (sent != null) {
            lines.add("event " + sent.stamp().seq() + ": " + narrator.say(sent));
            cause(lines, sent);
            rule(lines, sent);
        }
        changed(lines, frame);
        drops.getOrDefault(frame.event(), List.of()).forEach(drop -> dropped(lines, drop));
        return lines.toString();
    }

    private void cause(StringJoiner lines, TraceEvent sent) {
        TraceEvent cause = event(sent.stamp().cause());
        if (cause != null) {
            lines.add("because of event " + cause.stamp().seq() + ": " + narrator.say(cause));
        }
    }

    private static void rule(StringJoiner lines, TraceEvent event) {
        Rule rule = event.stamp().rule();
        if (rule == null) return;
        lines.add("rule " + rule.id() + " (" + rule.source() + "): " + rule.sentence());
        String why = event.stamp().why();
        if (why != null) lines.add("compared: " + why);
    }

    private void changed(StringJoiner lines, Frame frame) {
        Frame as = before.get(frame.event());
        if (frame.outgoing() || as == null) return;
        firstDifference(as.octets(), frame.octets())
                .ifPresent(place -> lines.add("changed on the way: " + place));
    }

    private static Optional<String> firstDifference(byte[] sent, byte[] came) {
        int octet = Arrays.mismatch(sent, came);
        if (octet < 0 || octet >= Math.min(sent.length, came.length)) return Optional.empty();
        int bit = Integer.numberOfLeadingZeros((sent[octet] ^ came[octet]) & 0xFF) - 24;
        return Optional.of("octet " + octet + ", bit " + bit + " counted from the left");
    }

    private static void dropped(StringJoiner lines, PacketDropped drop) {
        lines.add(
                "event %d: dropped, %s%s"
                        .formatted(
                                drop.stamp().seq(),
                                drop.reason().text(),
                                drop.stamp().host().isEmpty()
                                        ? ""
                                        : " (" + drop.where() + ", " + drop.stamp().host() + ")"));
        rule(lines, drop);
    }

    /** The protocol's event that made what the frame of {@code event} carries. */
    private @Nullable TraceEvent sending(int event) {
        TraceEvent at = event(event);
        while (at != null && !isSending(at)) at = event(at.stamp().cause());
        return at;
    }

    private static boolean isSending(TraceEvent event) {
        return event instanceof TraceEvent.SegmentSent
                || event instanceof TraceEvent.DatagramSent
                || event instanceof TraceEvent.IcmpSent
                || event instanceof TraceEvent.FragmentSent;
    }

    private @Nullable TraceEvent event(int number) {
        return number < 1 || number > events.size() ? null : events.get(number - 1);
    }
}
