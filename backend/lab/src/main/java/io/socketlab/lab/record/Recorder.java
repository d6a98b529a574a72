package io.socketlab.lab.record;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.ListenQueuesChanged;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Mistake;
import io.socketlab.lab.script.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Proposes checks from reference runs: the order of the calls, the states that connections go
 * through, what never happens, how far queues fill, and how much is read. Each holds in every run
 * of every script that was recorded, and not in the run of the lab's starter.
 */
public final class Recorder {

    private static final Set<String> READS =
            Set.of("read", "recv", "recvfrom", "recvmsg", "recvmmsg");

    private final Lab lab;
    private final List<Recording> runs;
    private final List<Parameters> parameters;
    private final List<Proposal> proposals = new ArrayList<>();

    private Recorder(Lab lab, List<Recording> runs) {
        this.lab = lab;
        this.runs = runs;
        this.parameters = runs.stream().map(Recording::parameters).toList();
    }

    /**
     * The checks, as they stand in a lab file.
     *
     * @param scripts those that do it right, at least one
     * @param seeds how many of the lab's pool, from 1 on
     * @throws io.socketlab.lab.script.ScriptException if a script cannot be understood
     */
    public static String record(Lab lab, List<Source> scripts, long seeds) {
        var text = new StringBuilder(ProposalText.head(scripts, tried(lab, seeds)) + "\n");
        for (ProposedCheck check : proposals(lab, scripts, seeds)) {
            text.append(check.yaml()).append('\n');
        }
        return text.toString();
    }

    private static long tried(Lab lab, long seeds) {
        return Math.min(seeds, lab.variants().pool());
    }

    /**
     * The same, one by one.
     *
     * @param scripts those that do it right, at least one
     * @param seeds how many of the lab's pool, from 1 on
     * @throws io.socketlab.lab.script.ScriptException if a script cannot be understood
     */
    public static List<ProposedCheck> proposals(Lab lab, List<Source> scripts, long seeds) {
        long tried = tried(lab, seeds);
        List<Recording> runs =
                LongStream.rangeClosed(1, tried)
                        .boxed()
                        .flatMap(seed -> scripts.stream().map(s -> Recording.of(lab, seed, s)))
                        .toList();
        var recorder = new Recorder(lab, runs);
        recorder.propose();
        return recorder.kept().stream().map(recorder::proposed).toList();
    }

    private ProposedCheck proposed(Proposal proposal) {
        List<String> failing = failing(proposal);
        String yaml = ProposalText.item(proposal, layer(lab), failing);
        return new ProposedCheck(proposal.id(), proposal.title(), yaml, failing);
    }

    /** The highest there is, so that nothing that stood before is blocked by it. */
    private static int layer(Lab lab) {
        return lab.checks().stream().mapToInt(Check::layer).max().orElse(1);
    }

    private void propose() {
        List<String> calls = new Milestones(runs, Set.copyOf(lab.student().hosts())).lines();
        if (calls.size() > 1) {
            proposals.add(Proposal.order("calls", "The calls come in this order", calls));
        }
        states();
        if (!calls.isEmpty() && !hosts().isEmpty()) noReset(calls.getLast());
        acceptQueues();
        streams();
    }

    private void states() {
        int number = 0;
        var ofHost = new HashMap<String, Integer>();
        for (StatePaths.Path path : StatePaths.common(runs)) {
            number++;
            int which = ofHost.merge(path.host(), 1, Integer::sum);
            String connection = which == 1 ? "A connection" : "Connection " + which;
            proposals.add(
                    Proposal.order(
                            "states-" + path.host() + "-" + number,
                            connection + " of " + path.host() + " goes through these states",
                            path.lines()));
        }
    }

    /**
     * @param done a call that every run makes: without it, that nobody resets says little
     */
    private void noReset(String done) {
        var resets = new TreeSet<String>();
        for (String host : hosts()) {
            resets.add(host + " > R");
            resets.add(host + " > R.");
        }
        proposals.add(
                Proposal.never(
                        "no-reset",
                        "Nobody resets a connection",
                        String.join(" | ", resets),
                        "exists(" + done + ")"));
    }

    /** Those that send segments; none where all is datagrams. */
    private Set<String> hosts() {
        var hosts = new TreeSet<String>();
        for (TraceEvent event : runs.getFirst().events()) {
            if (event instanceof SegmentSent) hosts.add(event.stamp().host());
        }
        return hosts;
    }

    private void acceptQueues() {
        for (String host : hosts()) {
            List<Long> peaks = runs.stream().map(run -> peak(run, host)).toList();
            Optional<String> port = Amount.of(parameters, ports(host));
            Optional<String> most = Amount.of(parameters, peaks);
            if (port.isEmpty() || most.isEmpty() || peaks.contains(0L)) continue;
            proposals.add(
                    Proposal.peak(
                            "accept-queue",
                            "So many connections wait for accept() at most",
                            "%s.listen[%s].acceptq".formatted(host, port.get()),
                            most.get()));
        }
    }

    private static long peak(Recording run, String host) {
        return run.events().stream()
                .filter(e -> e.stamp().host().equals(host))
                .mapToLong(e -> e instanceof ListenQueuesChanged q ? q.acceptQueue() : 0)
                .max()
                .orElse(0);
    }

    /** Of each run, the first port that a host has bound a socket to; 0 if it has not. */
    private List<Long> ports(String host) {
        return runs.stream()
                .map(run ->
                        run.events().stream()
                                .filter(e -> e instanceof TraceEvent.SocketBound)
                                .filter(e -> e.stamp().host().equals(host))
                                .map(e -> (long) ((TraceEvent.SocketBound) e).local().port())
                                .findFirst()
                                .orElse(0L))
                .toList();
    }

    private void streams() {
        for (String from : hosts()) {
            for (String to : hosts()) {
                if (from.equals(to)) continue;
                List<Long> read = runs.stream().map(run -> read(run, to)).toList();
                Optional<String> length = Amount.of(parameters, read);
                if (length.isEmpty() || read.contains(0L)) continue;
                proposals.add(
                        Proposal.stream(
                                "read-by-" + to,
                                "The program at " + to + " has read all of it",
                                from,
                                to,
                                length.get()));
            }
        }
    }

    private static long read(Recording run, String host) {
        return run.events().stream()
                .filter(e -> e.stamp().host().equals(host))
                .mapToLong(e ->
                        e instanceof CallReturned call && READS.contains(call.name())
                                ? Math.max(0, call.result())
                                : 0)
                .sum();
    }

    /** Those that hold in every run, and that the starter does not pass already. */
    private List<Proposal> kept() {
        Optional<Recording> starter =
                lab.student().starter().flatMap(this::source).map(s -> Recording.of(lab, 1, s));
        return proposals.stream()
                .filter(p -> runs.stream().allMatch(p::passes))
                .filter(p -> starter.stream().noneMatch(p::passes))
                .toList();
    }

    /** The wrong answers of the lab that would not pass it. */
    private List<String> failing(Proposal proposal) {
        var failing = new ArrayList<String>();
        for (Mistake mistake : lab.mistakes()) {
            mistake.mutants().stream()
                    .filter(path ->
                            source(path)
                                    .map(s -> Recording.of(lab, 1, s))
                                    .filter(run -> !proposal.passes(run))
                                    .isPresent())
                    .forEach(failing::add);
        }
        return failing;
    }

    private Optional<Source> source(String path) {
        return lab.files().read(path).map(text -> Source.of(lab.files().name() + "/" + path, text));
    }
}
