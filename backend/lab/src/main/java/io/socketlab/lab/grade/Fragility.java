package io.socketlab.lab.grade;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.CallFault;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Check.Visibility;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether C programs depend on what no kernel promises: that one call moves all that was asked for,
 * and that none is interrupted. Runs them again with every second call of a line moving one octet,
 * and with a signal that comes first where a handler makes that possible, and says at which lines
 * something else comes of it.
 */
final class Fragility {

    /** Lines that are looked at one by one. */
    private static final int MOST_PLACES = 12;

    /** Programs that compute for longer are not run again. */
    private static final long MOST_INSTRUCTIONS = 5_000_000;

    private static final int MOST_SHOWN = 60;
    private static final int STANDARD_ERROR = 2;

    private static final Set<String> RECEIVING =
            Set.of("recv", "recvfrom", "recvmsg", "read", "readv");

    /**
     * Those that are short only where they do not wait: a send(2) that waits takes all, unless a
     * signal with a handler comes.
     */
    private static final Set<String> SENDING =
            Set.of("send", "sendto", "sendmsg", "write", "writev");

    /** Those that SA_RESTART does not make again: signal(7). */
    private static final Set<String> NEVER_RESTARTED =
            Set.of("select", "pselect", "poll", "ppoll", "epoll_wait", "epoll_pwait");

    private static final Set<String> RESTARTED =
            Set.of("accept", "accept4", "recv", "recvfrom", "recvmsg", "read", "readv", "waitpid");

    private static final String WHOLE =
            "recv() gives what is there, from one octet on, and a send() that does not wait takes what there is room"
                    + " for: go on until all has come or gone. If each piece is dealt with as it comes, this is no mistake.";

    private static final String AGAIN =
            "EINTR says that a signal came first, and nothing else: make the call again.";

    /**
     * A line with its call.
     *
     * @param event the number of the event at which it was made first
     */
    private record Site(String host, String call, String place, int event) {}

    /** What one of the runs came to. */
    private record Seen(
            List<ResultDocument.Test> tests,
            Map<String, String> ends,
            Map<String, String> printed,
            boolean whole,
            LabRun run) {}

    private final ProgramAnswer programs;
    private final Lab lab;
    private final long seed;

    private Fragility(ProgramAnswer programs, Lab lab, long seed) {
        this.programs = programs;
        this.lab = lab;
        this.seed = seed;
    }

    /** What there is to say of programs, with that seed. */
    static List<Remark> of(ProgramAnswer programs, Lab lab, long seed) {
        return new Fragility(programs, lab, seed).remarks();
    }

    private List<Remark> remarks() {
        Seen usual = run(List.of(), new CallFault.Partial(1), 0);
        boolean heavy = ProgramRunner.instructions(usual.run) > MOST_INSTRUCTIONS;
        if (!usual.whole || heavy) return List.of();
        var remarks = new ArrayList<Remark>();
        List<TraceEvent> events = usual.run.events();
        remarks.addAll(differences(usual, transfers(events), new CallFault.Partial(1), 2));
        Set<String> interrupted = new LinkedHashSet<>();
        if (installs(events, false)) interrupted.addAll(NEVER_RESTARTED);
        if (installs(events, true)) interrupted.addAll(RESTARTED);
        remarks.addAll(
                differences(
                        usual,
                        sites(events, call -> interrupted.contains(call.name())),
                        new CallFault.Fail(Errno.EINTR),
                        0));
        return remarks;
    }

    /**
     * Whether a program has a handler.
     *
     * @param interrupting one without SA_RESTART
     */
    private static boolean installs(List<TraceEvent> events, boolean interrupting) {
        return events.stream()
                .filter(TraceEvent.CallEntered.class::isInstance)
                .map(TraceEvent.CallEntered.class::cast)
                .filter(call -> call.name().equals("sigaction") && call.place() != null)
                .filter(call -> call.text().contains("sa_handler=handler"))
                .anyMatch(call -> !interrupting || !call.text().contains("SA_RESTART"));
    }

    /** Where calls stand that may move less than they are asked to. */
    private static List<Site> transfers(List<TraceEvent> events) {
        var waiting = new Waiting();
        return sites(
                events,
                call ->
                        call.fd() > STANDARD_ERROR
                                && (RECEIVING.contains(call.name())
                                        || SENDING.contains(call.name())
                                                && !waiting.waits(events, call)));
    }

    /** Which descriptors make calls wait, as far as the trace has been gone through. */
    private static final class Waiting {
        private final Map<String, Boolean> nonBlocking = new HashMap<>();
        private final Map<String, Integer> processes = new HashMap<>();
        private int at;

        boolean waits(List<TraceEvent> events, TraceEvent.CallEntered call) {
            while (at < events.size() && events.get(at).stamp().seq() < call.stamp().seq()) {
                note(events.get(at++));
            }
            String host = call.stamp().host();
            int process = processes.getOrDefault(host + " " + call.task(), 1);
            boolean set = nonBlocking.getOrDefault(key(host, process, call.fd()), false);
            return !set && !call.text().contains("MSG_DONTWAIT");
        }

        private void note(TraceEvent event) {
            String host = event.stamp().host();
            switch (event) {
                case TraceEvent.TaskStarted e -> processes.put(host + " " + e.task(), e.process());
                case TraceEvent.FdOpened e ->
                        nonBlocking.put(key(host, e.task(), e.fd()), isSet(e.flags()));
                case TraceEvent.FdFlagsSet e ->
                        nonBlocking.put(key(host, e.task(), e.fd()), isSet(e.flags()));
                default -> {} // of no descriptor
            }
        }

        private static boolean isSet(String flags) {
            return flags.contains("O_NONBLOCK");
        }

        private static String key(String host, int process, int fd) {
            return host + " " + process + " " + fd;
        }
    }

    /** Where such calls stand. */
    private static List<Site> sites(
            List<TraceEvent> events, Predicate<TraceEvent.CallEntered> wanted) {
        var sites = new LinkedHashMap<List<String>, Site>();
        for (TraceEvent event : events) {
            if (!(event instanceof TraceEvent.CallEntered e) || e.place() == null) continue;
            if (!wanted.test(e)) continue;
            String host = e.stamp().host();
            sites.putIfAbsent(
                    List.of(host, e.name(), e.place()),
                    new Site(host, e.name(), e.place(), e.stamp().seq()));
        }
        return sites.values().stream().limit(MOST_PLACES).toList();
    }

    private List<Remark> differences(Seen usual, List<Site> sites, CallFault fault, int every) {
        if (sites.isEmpty() || difference(usual, run(sites, fault, every)).isEmpty()) {
            return List.of(); // all at once, and the same came of it
        }
        var remarks = new ArrayList<Remark>();
        for (Site site : sites) {
            difference(usual, run(List.of(site), fault, every))
                    .ifPresent(what -> remarks.add(remark(site, fault, what)));
        }
        return remarks;
    }

    private static Remark remark(Site site, CallFault fault, String what) {
        boolean interrupts = fault instanceof CallFault.Fail;
        String cause =
                interrupts
                        ? "With %s() at %s interrupted by a signal (EINTR), "
                        : "With %s() at %s moving a single octet each second time, as TCP may, ";
        return new Remark(
                interrupts ? "interrupted-call" : "partial-transfer",
                site.host,
                site.place,
                cause.formatted(site.call, site.place) + what,
                interrupts ? AGAIN : WHOLE,
                site.event);
    }

    private Seen run(List<Site> sites, CallFault fault, int every) {
        LabRun run = LabRun.start(programs.lab(lab), seed);
        for (Site site : sites) {
            var turns = new CallFault.Turns(site.call, 1, every, Optional.of(site.place));
            ProgramRunner.befall(run, site.host, turns, fault);
        }
        ProgramRunner.start(run, programs.lines(run.parameters()));
        ProgramRunner.finish(run);
        List<ResultDocument.Test> tests =
                new Grader(lab)
                        .grade(
                                new CompletedRun(
                                        seed,
                                        run.events(),
                                        "",
                                        run.predictions(),
                                        List.of(),
                                        run.limitMessage()))
                        .tests();
        return new Seen(tests, ends(run), printed(run), !run.limitReached(), run);
    }

    /** How each process ended, by its first task. */
    private static Map<String, String> ends(LabRun run) {
        var ends = new LinkedHashMap<String, String>();
        for (TraceEvent event : run.events()) {
            if (event instanceof TraceEvent.ProcessExited e) {
                String how =
                        e.signal() == null
                                ? "ends with status " + e.status()
                                : "is ended by " + e.signal();
                ends.put(e.stamp().host() + " " + e.process(), how);
            }
        }
        return ends;
    }

    private static Map<String, String> printed(LabRun run) {
        var printed = new LinkedHashMap<String, String>();
        for (TraceEvent event : run.events()) {
            if (event instanceof TraceEvent.ProgramOutput e) {
                printed.merge(e.stamp().host() + " " + e.task(), e.text(), String::concat);
            }
        }
        return printed;
    }

    /** What is otherwise than usual, as the end of a sentence; empty if nothing is. */
    private static Optional<String> difference(Seen usual, Seen other) {
        if (!other.whole) return Optional.empty(); // so many calls that a limit has ended it
        return check(usual, other)
                .or(() -> end(usual, other))
                .or(() -> text(usual.printed, other.printed));
    }

    private static Optional<String> check(Seen usual, Seen other) {
        for (ResultDocument.Test test : usual.tests) {
            boolean shown = test.visibility() == Visibility.ALWAYS;
            if (!shown || test.status() != Verdict.PASS) continue;
            boolean passes =
                    other.tests.stream()
                            .anyMatch(t -> t.id().equals(test.id()) && t.status() == Verdict.PASS);
            if (!passes) return Optional.of("the check \"" + test.name() + "\" does not pass.");
        }
        return Optional.empty();
    }

    private static Optional<String> end(Seen usual, Seen other) {
        for (var end : usual.ends.entrySet()) {
            String now = other.ends.getOrDefault(end.getKey(), "does not come to its end");
            if (now.equals(end.getValue())) continue;
            String host = host(end.getKey());
            return Optional.of("the program of " + host + " " + now + ".");
        }
        return Optional.empty();
    }

    private static Optional<String> text(Map<String, String> usual, Map<String, String> other) {
        for (var one : usual.entrySet()) {
            String now = other.getOrDefault(one.getKey(), "");
            if (now.equals(one.getValue())) continue;
            String[] before = one.getValue().split("\n", -1);
            String[] after = now.split("\n", -1);
            int line = Math.max(0, Arrays.mismatch(before, after));
            String host = host(one.getKey());
            return Optional.of(
                    "the program of %s prints %s instead of %s."
                            .formatted(host, line(after, line), line(before, line)));
        }
        return Optional.empty();
    }

    /** Of a key: host and task. */
    private static String host(String key) {
        return key.substring(0, key.indexOf(' '));
    }

    private static String line(String[] lines, int at) {
        String text = at < lines.length ? lines[at] : "";
        if (text.isEmpty()) return "nothing";
        boolean isLong = text.length() > MOST_SHOWN;
        return "\"" + (isLong ? text.substring(0, MOST_SHOWN) + "…" : text) + "\"";
    }
}
