package io.socketlab.lab.capture;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.RunInterface;
import io.socketlab.lab.script.ScriptException;
import java.util.List;
import java.util.Optional;

/**
 * The frames of a run up to one of its events, with what the trace tells of them.
 *
 * @param interfaces the network cards, in the order of the lab
 * @param frames in the order in which they passed
 * @param events the trace that far
 */
public record Capture(
        String lab,
        long seed,
        List<RunInterface> interfaces,
        List<Frame> frames,
        List<TraceEvent> events) {

    public Capture {
        interfaces = List.copyOf(interfaces);
        frames = List.copyOf(frames);
        events = List.copyOf(events);
    }

    /** All of a run whose frames went into {@code log}. */
    public static Capture of(LabRun run, FrameLog log) {
        int last = run.events().size(); // where the run has halted, no more is to be seen
        return new Capture(
                run.lab().id(),
                run.seed(),
                run.interfaces(),
                log.frames().stream().filter(frame -> frame.event() <= last).toList(),
                run.events());
    }

    /**
     * That of a run made anew from its inputs.
     *
     * @param octets of memory that its frames may take
     * @throws ScriptException if one of the inputs is refused, which means that lab or engine have
     *     changed
     * @throws CaptureTooLargeException if they take more
     */
    public static Capture replay(Lab lab, long seed, List<String> inputs, long octets) {
        FrameLog log = FrameLog.limitedTo(octets);
        LabRun run = LabRun.captured(lab, seed, log);
        inputs.forEach(run::input);
        return of(run, log);
    }

    /** What had happened when the event of that number had. */
    public Capture upTo(int event) {
        if (event >= events.size()) return this;
        int end = Math.max(event, 0);
        return new Capture(
                lab,
                seed,
                interfaces,
                frames.stream().filter(frame -> frame.event() <= end).toList(),
                events.subList(0, end));
    }

    /** The card of that name, {@code client.eth0}; of that host, if it has one only. */
    public Optional<RunInterface> find(String name) {
        Optional<RunInterface> card =
                interfaces.stream().filter(i -> i.name().equals(name)).findFirst();
        if (card.isPresent()) return card;
        List<RunInterface> ofHost = interfaces.stream().filter(i -> i.host().equals(name)).toList();
        return ofHost.size() == 1 ? Optional.of(ofHost.getFirst()) : Optional.empty();
    }

    /** What one card has seen. */
    public Capture only(RunInterface card) {
        return new Capture(
                lab,
                seed,
                List.of(card),
                frames.stream().filter(frame -> frame.card().equals(card.name())).toList(),
                events);
    }
}
