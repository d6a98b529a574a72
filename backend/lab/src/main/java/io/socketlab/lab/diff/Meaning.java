package io.socketlab.lab.diff;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.diff.Happening.Lane;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what an event means, whenever it happens: a call with its arguments and what became of it, a
 * segment with its flags and its length. Acknowledgements alone mean nothing: when they are sent is
 * a matter of time.
 */
final class Meaning {

    /** Of a shell command: it sets something, and does not only ask. */
    private static final Pattern CHANGES =
            Pattern.compile(
                    "=|\\s(add|change|replace|set|del)\\s|^ethtool -[A-Z]|^iptables -[ADF]");

    /** How many events an epoll_wait() has room for: more or fewer is no other question. */
    private static final Pattern ROOM =
            Pattern.compile("^(epoll_wait\\(.*), \\d+, (-?\\d+\\).*)$", Pattern.DOTALL);

    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private Meaning() {}

    /**
     * Empty for what follows from other events anyway, and for what a program prints: that is for
     * people, and each words it as he likes.
     */
    static Optional<Happening> of(TraceEvent event) {
        return switch (event) {
            case TraceEvent.CallEntered e when prints(e.fd()) -> Optional.empty();
            case TraceEvent.CallReturned e when prints(e.fd()) -> Optional.empty();
            case TraceEvent.CallEntered e -> task(e, e.task(), "calls " + call(e.text()));
            case TraceEvent.CallBlocked e -> task(e, e.task(), "waits for " + e.reason());
            case TraceEvent.CallReturned e ->
                    task(e, e.task(), e.name() + " = " + e.result() + " " + e.errno());
            case TraceEvent.FunctionEntered e -> task(e, e.task(), "calls " + e.text());
            case TraceEvent.FunctionReturned e -> task(e, e.task(), e.text());
            case TraceEvent.SignalDelivered e ->
                    task(e, e.task(), "takes " + e.signal() + " " + e.action());
            case TraceEvent.ProcessExited e ->
                    task(e, e.task(), "exits " + e.status() + " " + e.signal());
            case TraceEvent.ProgramFaulted e ->
                    task(e, e.task(), "is ended by " + e.signal() + ": " + e.message());
            case TraceEvent.CommandRun e when CHANGES.matcher(e.command()).find() ->
                    task(e, 0, "runs " + e.command());
            case TraceEvent.JobStarted e -> task(e, 0, "runs " + e.command());
            case TraceEvent.StateChanged e -> socket(e, e.socket(), e.from() + " -> " + e.to());
            case TraceEvent.SocketError e -> socket(e, e.socket(), "error " + e.errno());
            case TraceEvent.SegmentSent e when isMore(e) -> socket(e, e.socket(), segment(e));
            case TraceEvent.DatagramSent e ->
                    socket(e, e.socket(), "datagram of " + e.length() + " to " + e.dst());
            case TraceEvent.IcmpSent e -> socket(e, 0, "ICMP " + e.text());
            case TraceEvent.PacketDropped e ->
                    socket(e, 0, "drops " + e.where() + " " + e.reason());
            case TraceEvent.FaultInjected e -> socket(e, 0, "fault " + e.fault());
            case TraceEvent.LinkChanged e -> socket(e, 0, "changes " + e.link());
            case TraceEvent.HostCrashed e -> socket(e, 0, "crashes");
            case TraceEvent.HostBooted e -> socket(e, 0, "boots");
            case TraceEvent.HostStalled e -> socket(e, 0, "stalls");
            default -> Optional.empty();
        };
    }

    /**
     * What a reader of a whole run wants to see: beside what means something also what was
     * acknowledged. A call is shown when it waits or returns.
     */
    static Optional<Happening> toBeShown(TraceEvent event) {
        return switch (event) {
            case TraceEvent.CallEntered _, TraceEvent.FunctionEntered _ -> Optional.empty();
            case TraceEvent.CallReturned e -> task(e, e.task(), call(e.text()));
            case TraceEvent.ProgramOutput e -> task(e, e.task(), e.stream() + " " + e.text());
            case TraceEvent.SegmentSent e -> socket(e, e.socket(), segment(e));
            default -> of(event);
        };
    }

    private static String call(String text) {
        return ROOM.matcher(text).replaceFirst("$1, $2");
    }

    private static boolean prints(int fd) {
        return fd == STDOUT || fd == STDERR;
    }

    private static Optional<Happening> task(TraceEvent event, int task, String meaning) {
        return Optional.of(
                new Happening(new Lane(event.stamp().host(), true, task), event, meaning));
    }

    private static Optional<Happening> socket(TraceEvent event, int socket, String meaning) {
        return Optional.of(
                new Happening(new Lane(event.stamp().host(), false, socket), event, meaning));
    }

    private static boolean isMore(TraceEvent.SegmentSent e) {
        return e.length() > 0 || !e.flags().equals(".");
    }

    private static String segment(TraceEvent.SegmentSent e) {
        String again = e.retransmission() > 0 ? " again" : "";
        return "sends " + e.flags() + " " + e.length() + " to " + e.dst() + again;
    }
}
