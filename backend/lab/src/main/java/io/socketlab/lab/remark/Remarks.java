package io.socketlab.lab.remark;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.sandbox.program.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a trace what C programs did that they hardly meant: descriptors left open, failures that
 * nobody looked at, SIGPIPE, turning in circles, and what programs are ended for. It says only what
 * the trace shows: a failure counts as not looked at where what the program did next makes no sense
 * after it.
 */
public final class Remarks {

    /** So often the same call has to give the same before it is said. */
    private static final int CIRCLES = 50;

    private static final String CLOSE =
            "exit() closes what is open; a server that goes on runs out of descriptors (EMFILE), and its peers wait"
                    + " for an end that does not come: close() each when you are done with it.";

    private static final String CHECK =
            "Any call can fail: compare what it returns with -1, say why with perror(), and do not go on as if it had"
                    + " worked.";

    private static final String PIPE =
            "Ignore it, signal(SIGPIPE, SIG_IGN), or send with MSG_NOSIGNAL: then send() gives -1 with EPIPE, and you"
                    + " can look at that.";

    private static final String END =
            "0 from recv() or read() says that the other end has closed, and it stays so: leave the loop.";

    private static final String BUSY =
            "Where nothing has changed, the same call fails again: wait with poll() for what is missing, or give up.";

    private record Key(String host, int number) {}

    private final Map<Key, CallsOfTask> tasks = new LinkedHashMap<>();

    /** The first task of the process, by task. */
    private final Map<Key, Integer> processes = new LinkedHashMap<>();

    private final Map<Key, OpenDescriptors> open = new LinkedHashMap<>();
    private final List<Said> found = new ArrayList<>();

    /** By host, the event with which a program was started last. */
    private final Map<String, Integer> started = new HashMap<>();

    /**
     * A remark.
     *
     * @param started the event with which a program was started last on its host, 0 for none
     */
    private record Said(Remark remark, int started) {

        boolean isAboutSame(Remark other) {
            return !other.place().isEmpty()
                    && remark.id().equals(other.id())
                    && remark.host().equals(other.host())
                    && remark.place().equals(other.place());
        }
    }

    private Remarks() {}

    /** What there is to say of a run, in the order in which it happened. */
    public static List<Remark> of(List<TraceEvent> events) {
        var remarks = new Remarks();
        events.forEach(remarks::accept);
        remarks.end();
        return remarks.found.stream().map(Said::remark).toList();
    }

    private void accept(TraceEvent event) {
        String host = event.stamp().host();
        switch (event) {
            case TraceEvent.TaskStarted e -> {
                processes.put(new Key(host, e.task()), e.process());
                if (e.by() == 0) started.put(host, e.stamp().seq());
            }
            case TraceEvent.CallEntered e -> task(host, e.task()).entered(e);
            case TraceEvent.CallReturned e -> returned(host, e);
            case TraceEvent.FdOpened e -> opened(host, e);
            case TraceEvent.FdClosed e -> descriptors(host, e.task()).closed(e.fd());
            case TraceEvent.ProcessExited e -> exited(host, e);
            case TraceEvent.ProgramFaulted e -> faulted(host, e);
            default -> {} // no affair of a program's
        }
    }

    private CallsOfTask task(String host, int number) {
        return tasks.computeIfAbsent(new Key(host, number), _ -> new CallsOfTask());
    }

    /** Tasks that nobody has told of are threads of the host's first program. */
    private int process(String host, int task) {
        return processes.getOrDefault(new Key(host, task), 1);
    }

    private OpenDescriptors descriptors(String host, int process) {
        return open.computeIfAbsent(new Key(host, process), _ -> new OpenDescriptors());
    }

    private void opened(String host, TraceEvent.FdOpened event) {
        boolean byCall =
                tasks.entrySet().stream()
                        .filter(t -> t.getKey().host().equals(host))
                        .filter(t -> process(host, t.getKey().number()) == event.task())
                        .anyMatch(t -> t.getValue().opensDescriptors());
        if (byCall) descriptors(host, event.task()).opened(event.fd());
    }

    private void returned(String host, TraceEvent.CallReturned event) {
        CallsOfTask task = task(host, event.task());
        Optional<CallsOfTask.Made> made = task.returned(event);
        if (made.isEmpty()) return;
        if (made.get().opensDescriptors()) {
            descriptors(host, process(host, event.task())).belongTo(made.get());
        }
        task.ignored()
                .ifPresent(it ->
                        add(
                                new Remark(
                                        "unchecked",
                                        host,
                                        place(made.get()),
                                        it.text(),
                                        CHECK,
                                        made.get().seq(),
                                        List.of(it.failure().related(host)))));
    }

    // ---- the end of a program

    private void exited(String host, TraceEvent.ProcessExited event) {
        OpenDescriptors left = descriptors(host, event.process());
        if (event.signal() == null) {
            left.sentences(event.status() != 0)
                    .forEach((made, text) -> add("leak", host, made, text, CLOSE, ended(event)));
        }
        if ("SIGPIPE".equals(event.signal())) {
            task(host, event.task()).last().ifPresent(made -> brokenPipe(host, made, event));
        }
        open.remove(new Key(host, event.process()));
        tasks.forEach((key, task) -> {
            if (key.host().equals(host) && process(host, key.number()) == event.process()) {
                circles(key, task);
                task.forget();
            }
        });
    }

    private static Remark.Related ended(TraceEvent.ProcessExited event) {
        String how =
                event.signal() == null
                        ? "the program ended with " + event.status()
                        : event.signal() + " ended the program";
        return new Remark.Related(event.stamp().host(), "", how, event.stamp().seq());
    }

    private void brokenPipe(String host, CallsOfTask.Made made, TraceEvent.ProcessExited event) {
        if (made.place() == null) return;
        String text =
                "%s failed with EPIPE, because the other end had gone, and SIGPIPE ended the program."
                        .formatted(made.where());
        add("sigpipe", host, made, text, PIPE, ended(event));
    }

    private void faulted(String host, TraceEvent.ProgramFaulted event) {
        Optional<Mistake> kind = Mistake.of(event.message());
        String id =
                kind.map(k -> k.name().toLowerCase(Locale.ROOT).replace('_', '-')).orElse("ended");
        String place = event.place() == null ? "" : event.place();
        boolean says = place.isEmpty() || event.message().startsWith(place + ":");
        String text = says ? event.message() : place + ": " + event.message();
        add(
                new Remark(
                        id,
                        host,
                        place,
                        sentence(text),
                        kind.map(Mistake::lesson).orElse(""),
                        event.stamp().seq()));
        boolean takesResult = kind.isPresent() && kind.get() == Mistake.FD_SET_RANGE;
        boolean takesIndex = event.message().contains("no element -1 of");
        CallsOfTask task = task(host, event.task());
        Optional<CallsOfTask.Made> failed =
                takesResult ? task.failedDescriptor() : task.last().filter(m -> takesIndex);
        failed.filter(made -> made.errno() != null && made.place() != null)
                .ifPresent(made ->
                        add(
                                "unchecked",
                                host,
                                made,
                                "%s failed with %s, and the program used the -1 that it gave."
                                        .formatted(made.where(), made.errno()),
                                CHECK,
                                new Remark.Related(
                                        host, place, "the -1 was used", event.stamp().seq())));
    }

    private static String sentence(String text) {
        boolean ends = text.endsWith(".") || text.endsWith("?");
        return ends ? text : text + ".";
    }

    private void end() {
        tasks.forEach(this::circles);
    }

    private void circles(Key key, CallsOfTask task) {
        CallsOfTask.Made last = task.last().orElse(null);
        if (last == null || last.place() == null || task.same() < CIRCLES) return;
        boolean atEnd = last.result() == 0 && last.receives();
        if (!atEnd && last.errno() == null) return;
        String gave = last.errno() == null ? "has given 0" : "has failed with " + last.errno();
        add(
                "circles",
                key.host(),
                last,
                "%s %s %,d times one after the other.".formatted(last.where(), gave, task.same()),
                atEnd ? END : BUSY,
                task.firstOfSame().orElse(last).related(key.host()));
    }

    private static String place(CallsOfTask.Made made) {
        @Nullable String place = made.place();
        return place == null ? "" : place;
    }

    private void add(
            String id,
            String host,
            CallsOfTask.Made made,
            String text,
            String lesson,
            Remark.Related related) {
        add(new Remark(id, host, place(made), text, lesson, made.seq(), List.of(related)));
    }

    /**
     * Said once of each place: of what happened first, and of programs that are started later, as
     * when somebody tries again on a bench, of the last.
     */
    private void add(Remark remark) {
        int now = started.getOrDefault(remark.host(), 0);
        boolean known =
                found.stream().anyMatch(said -> said.isAboutSame(remark) && said.started == now);
        if (known) return;
        found.removeIf(said -> said.isAboutSame(remark));
        found.add(new Said(remark, now));
    }
}
