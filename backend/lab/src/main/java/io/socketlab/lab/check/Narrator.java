package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what happened in a run, an event a sentence. */
public final class Narrator {

    /**
     * A sentence of a story.
     *
     * @param seq the number of the event that it tells
     */
    public record Sentence(int seq, String text) {}

    private static final int LONGEST = 14;

    private final TraceIndex index;

    public Narrator(TraceIndex index) {
        this.index = index;
    }

    /** What led to the event with this number, itself the last; all to the end if it is 0. */
    public List<Sentence> upTo(int seq) {
        List<TraceEvent> events = index.events();
        int end = events.size();
        if (seq != 0 && end != 0) end = Math.min(end, seq - events.getFirst().stamp().seq() + 1);
        var story = new ArrayDeque<Sentence>();
        for (int i = end - 1; i >= 0 && story.size() < LONGEST; i--) {
            TraceEvent event = events.get(i);
            tell(event).ifPresent(t -> story.addFirst(new Sentence(event.stamp().seq(), t)));
        }
        return List.copyOf(story);
    }

    /** An event in words, whichever it is. */
    public String say(TraceEvent event) {
        return tell(event)
                .orElseGet(() ->
                        switch (event) {
                            case TraceEvent.CallEntered e ->
                                    e.stamp().host() + " calls " + shorten(e.text());
                            case TraceEvent.CommandRun e ->
                                    e.stamp().host() + " runs " + shorten(e.command());
                            case TraceEvent.JobStarted e ->
                                    e.stamp().host() + " runs " + shorten(e.command());
                            case TraceEvent.JobPrinted e ->
                                    "a command at "
                                            + e.stamp().host()
                                            + " prints "
                                            + shorten(e.output().strip());
                            case TraceEvent.ProgramOutput e ->
                                    "the program of "
                                            + e.stamp().host()
                                            + " prints "
                                            + shorten(e.text().strip());
                            case TraceEvent.ProgramFaulted e ->
                                    "the program of "
                                            + e.stamp().host()
                                            + " is ended by "
                                            + e.signal()
                                            + ": "
                                            + e.message();
                            case TraceEvent.FaultInjected e ->
                                    "fault"
                                            + at(e)
                                            + ": "
                                            + e.fault()
                                            // of these the measure is what has come of it
                                            + (e.fault().equals("duplicate") ? ", as " : " ")
                                            + e.how();
                            case TraceEvent.LinkChanged e -> e.link() + " is otherwise from now on";
                            case TraceEvent.SegmentReceived e ->
                                    e.stamp().host() + " receives " + received(e);
                            case TraceEvent.TimerSet e ->
                                    e.stamp().host() + "'s timer " + e.timer() + " is set";
                            case TraceEvent.TimerCancelled e ->
                                    e.stamp().host() + "'s timer " + e.timer() + " is cancelled";
                            case TraceEvent.SignalGenerated e ->
                                    "the program of " + e.stamp().host() + " is sent " + e.signal();
                            case TraceEvent.ProcessExited e ->
                                    "the program of " + e.stamp().host() + " " + ending(e);
                            case TraceEvent.HostCrashed e -> e.stamp().host() + " crashes";
                            case TraceEvent.HostBooted e -> e.stamp().host() + " boots";
                            case TraceEvent.HostStalled e ->
                                    "the programs of " + e.stamp().host() + " get no processor";
                            case TraceEvent.TcbChanged e ->
                                    "the variables of " + e.stamp().host() + "'s connection";
                            default -> words(event.getClass().getSimpleName()) + at(event);
                        });
    }

    /** Of a name in the way of classes: {@code RxQueued} is "rx queued". */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private String received(TraceEvent.SegmentReceived event) {
        return index.sending(event)
                .filter(TraceEvent.SegmentSent.class::isInstance)
                .map(TraceEvent.SegmentSent.class::cast)
                .map(sent ->
                        segment(sent) + " from " + index.hostOf(sent.src().address().toString()))
                .orElse("a segment");
    }

    private static String ending(TraceEvent.ProcessExited event) {
        return event.signal() == null
                ? "ends with status " + event.status()
                : "is ended by " + event.signal();
    }

    private static String at(TraceEvent event) {
        String host = event.stamp().host();
        return host.isEmpty() ? "" : " at " + host;
    }

    /** Those worth telling. */
    private Optional<String> tell(TraceEvent event) {
        String host = event.stamp().host();
        String text =
                switch (event) {
                    case TraceEvent.CallReturned e -> host + ": " + shorten(e.text()) + error(e);
                    case TraceEvent.CallBlocked e ->
                            host + " waits in " + call(e.call()) + " for " + e.reason();
                    case TraceEvent.StateChanged e ->
                            host + "'s socket goes from " + e.from() + " to " + e.to();
                    case TraceEvent.SegmentSent e ->
                            host
                                    + (e.retransmission() > 0 ? " sends again " : " sends ")
                                    + segment(e)
                                    + " to "
                                    + index.hostOf(e.dst().address().toString());
                    case TraceEvent.DatagramSent e ->
                            host
                                    + " sends a datagram of "
                                    + octets(e.length())
                                    + " to "
                                    + index.hostOf(e.dst().address().toString());
                    case TraceEvent.DatagramReceived _ ->
                            host + " receives a datagram" + lengthOfSent(event);
                    case TraceEvent.IcmpSent e -> host + " sends ICMP " + e.text();
                    case TraceEvent.IcmpReceived e -> host + " receives ICMP " + e.text();
                    case TraceEvent.PacketDropped e ->
                            "a packet is dropped" + at(e) + ": " + e.reason().text();
                    case TraceEvent.TimerFired e -> host + "'s timer " + e.timer() + " fires";
                    case TraceEvent.SocketError e ->
                            host + "'s socket holds the error " + e.errno();
                    default -> "";
                };
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private String lengthOfSent(TraceEvent event) {
        return index.sending(event)
                .map(s -> s instanceof TraceEvent.DatagramSent d ? " of " + octets(d.length()) : "")
                .orElse("");
    }

    private String call(int number) {
        return index.call(number).map(c -> shorten(c.text())).orElse("a call");
    }

    /** What has been refused is told with what stood in the way. */
    private static String error(TraceEvent.CallReturned e) {
        String errno = e.errno() == null || e.text().contains(e.errno()) ? "" : " " + e.errno();
        String why = e.stamp().why();
        return why == null ? errno : errno + ": " + why;
    }

    static String segment(TraceEvent.SegmentSent e) {
        var text = new StringBuilder(flags(e.flags()));
        if (e.length() > 0) text.append(" with ").append(octets(e.length()));
        if (e.relAck() >= 0) text.append(", ack ").append(e.relAck());
        return text.toString();
    }

    private static String flags(String flags) {
        var names = new ArrayList<String>();
        if (flags.contains("S")) names.add("SYN");
        if (flags.contains("F")) names.add("FIN");
        if (flags.contains("R")) names.add("RST");
        if (flags.contains(".") && !names.isEmpty()) names.add("ACK");
        return names.isEmpty() ? "a segment" : String.join("-", names);
    }

    private static String octets(int n) {
        return n == 1 ? "1 octet" : n + " octets";
    }

    private static String shorten(String text) {
        if (text.length() <= 100) return text;
        int close = text.lastIndexOf(") = ");
        return close < 0
                ? text.substring(0, 96) + "…"
                : text.substring(0, Math.min(60, close)) + "…" + text.substring(close);
    }
}
