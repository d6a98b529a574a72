package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Shape.Boundary;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds assertions against one run. */
public final class Checker {

    private static final int MOST_STEPS_TOLD = 4;

    private final RunView run;
    private final TraceIndex index;
    private final Matcher matcher;
    private final Narrator narrator;

    public Checker(TraceIndex index, Parameters parameters) {
        this.run = new RunView(index, parameters);
        this.index = index;
        this.matcher = run.matcher();
        this.narrator = new Narrator(index);
    }

    /**
     * What the run shows of an assertion.
     *
     * @throws IllegalArgumentException if the assertion makes no sense for this run's parameters
     */
    public Finding check(Assertion assertion) {
        return switch (assertion) {
            case Assertion.Exists(var pattern) -> exists(pattern);
            case Assertion.Never(var pattern) -> never(pattern);
            case Assertion.Count count -> count(count);
            case Assertion.Order(var patterns) -> new OrderCheck(run, narrator).check(patterns);
            case Assertion.Dag dag -> new DagCheck(run, narrator).check(dag);
            case Assertion.Response response -> response(response);
            case Assertion.During during -> during(during);
            case Assertion.Invariant invariant -> invariant(invariant);
            case Assertion.Window window -> new WindowCheck(run, narrator).check(window);
            case Assertion.Progress progress -> new ProgressCheck(run, narrator).check(progress);
            case Assertion.Final(var holds) -> atEnd(holds);
            case Assertion.Stream stream -> new StreamCheck(run).check(stream);
            case Assertion.All(var parts) -> all(parts);
            case Assertion.AnyOf(var parts) -> any(parts);
            case Assertion.None(var parts) -> none(parts);
        };
    }

    private int seq(int position) {
        return index.events().get(position).stamp().seq();
    }

    private int last() {
        return index.events().size() - 1;
    }

    private int lastSeq() {
        return index.events().isEmpty() ? 0 : seq(last());
    }

    // ---- single patterns
    // --------------------------------------------------------------------------

    private Finding exists(EventPattern pattern) {
        List<Integer> found = matcher.candidates(pattern.shape());
        String expected = Words.of(pattern, run);
        if (found.size() >= pattern.least() && found.size() <= pattern.most() || isSeen(pattern)) {
            return Finding.pass(List.of(seq(found.getFirst())), expected, say(found.getFirst()));
        }
        String actual =
                pattern.repeats() ? "it happened " + times(found.size()) : "it never happened";
        double share =
                pattern.least() == 0 ? 0 : Math.min(1.0, found.size() / (double) pattern.least());
        return Finding.fail(
                        share,
                        seqs(found),
                        Near.miss(pattern.shape(), run),
                        expected,
                        actual + nearMiss(pattern))
                .open(found.size() < pattern.least());
    }

    private boolean isSeen(EventPattern pattern) {
        return !pattern.repeats() && !matcher.candidates(pattern.shape()).isEmpty();
    }

    private String nearMiss(EventPattern pattern) {
        int seq = Near.miss(pattern.shape(), run);
        return seq == 0
                ? ""
                : "; nearest was " + narrator.say(index.events().get(seq - seqOffset()));
    }

    /** Event numbers go on without gaps. */
    private int seqOffset() {
        return seq(0);
    }

    private Finding never(EventPattern pattern) {
        List<Integer> found = matcher.candidates(pattern.shape());
        String expected = "never: " + Words.of(pattern, run);
        if (found.isEmpty()) return Finding.pass(List.of(), expected, "it never happened");
        return Finding.fail(0, seqs(found), seq(found.getFirst()), expected, say(found.getFirst()));
    }

    private Finding count(Assertion.Count count) {
        List<Integer> found = matcher.candidates(count.of().shape());
        long least = run.number(count.atLeast());
        Optional<Long> most = count.atMost().map(run::number);
        String expected =
                Words.of(count.of(), run)
                        + ", "
                        + (most.isEmpty()
                                ? "at least " + times(least)
                                : most.get() == least
                                        ? times(least)
                                        : least + " to " + times(most.get()));
        String actual = "it happened " + times(found.size());
        boolean tooMany = most.isPresent() && found.size() > most.get();
        if (found.size() >= least && !tooMany) return Finding.pass(seqs(found), expected, actual);
        double share =
                tooMany
                        ? (double) most.get() / found.size()
                        : least == 0 ? 0 : (double) found.size() / least;
        int divergence =
                tooMany
                        ? seq(found.get(Math.toIntExact(most.get())))
                        : found.isEmpty() ? lastSeq() : seq(found.getLast());
        return Finding.fail(share, seqs(found), divergence, expected, actual).open(!tooMany);
    }

    // ---- times
    // ------------------------------------------------------------------------------------

    private Finding response(Assertion.Response response) {
        List<Integer> triggers = matcher.candidates(response.each().shape());
        String expected =
                "each "
                        + Words.of(response.each(), run)
                        + " leads to "
                        + Words.of(response.leadsTo(), run)
                        + response.within().map(w -> " within " + span(run.nanos(w))).orElse("");
        if (triggers.isEmpty()) {
            return Finding.notExercised(
                    expected, Words.of(response.each(), run) + " never happened");
        }
        var evidence = new ArrayList<Integer>();
        int unanswered = -1;
        int answered = 0;
        for (int trigger : triggers) {
            Optional<Integer> answer = answer(response, trigger);
            evidence.add(seq(trigger));
            if (answer.isPresent()) {
                answered++;
                evidence.add(seq(answer.get()));
            } else if (unanswered < 0) {
                unanswered = trigger;
            }
        }
        if (unanswered < 0) return Finding.pass(evidence, expected, "each of " + answered + " did");
        boolean inTime = deadline(response, unanswered) > index.events().get(last()).stamp().at();
        return Finding.fail(
                        (double) answered / triggers.size(),
                        evidence,
                        seq(unanswered),
                        expected,
                        "nothing followed in time on: "
                                + say(unanswered)
                                + " (event "
                                + seq(unanswered)
                                + ")")
                .open(inTime);
    }

    private long deadline(Assertion.Response response, int trigger) {
        return response.within()
                .map(w -> index.events().get(trigger).stamp().at() + run.nanos(w))
                .orElse(Long.MAX_VALUE);
    }

    private Optional<Integer> answer(Assertion.Response response, int trigger) {
        Optional<Bindings> bound = matcher.match(response.each().shape(), trigger, Bindings.NONE);
        if (bound.isEmpty()) return Optional.empty();
        long deadline = deadline(response, trigger);
        for (int position : matcher.candidates(response.leadsTo().shape())) {
            if (position <= trigger || index.events().get(position).stamp().at() > deadline)
                continue;
            if (matcher.match(response.leadsTo().shape(), position, bound.get()).isPresent()) {
                return Optional.of(position);
            }
        }
        return Optional.empty();
    }

    private Finding during(Assertion.During during) {
        String expected =
                "between "
                        + Words.of(during.from(), run)
                        + " and "
                        + Words.of(during.to(), run)
                        + during.expect().map(c -> ": " + Words.of(c, run)).orElse("")
                        + during.never().map(p -> " never " + Words.of(p, run)).orElse("");
        List<int[]> stretches = stretches(during);
        if (stretches.isEmpty()) {
            return Finding.notExercised(expected, Words.of(during.from(), run) + " never happened");
        }
        var evidence = new ArrayList<Integer>();
        for (int[] stretch : stretches) {
            Optional<Finding> broken = broken(during, stretch, expected);
            if (broken.isPresent()) return broken.get();
            if (stretch[0] >= 0) evidence.add(seq(stretch[0]));
        }
        return Finding.pass(evidence, expected, "it was so");
    }

    private List<int[]> stretches(Assertion.During during) {
        List<Integer> starts =
                during.from().shape() instanceof Boundary
                        ? List.of(-1)
                        : matcher.candidates(during.from().shape());
        var stretches = new ArrayList<int[]>();
        for (int start : starts) {
            Bindings bound =
                    start < 0
                            ? Bindings.NONE
                            : matcher.match(during.from().shape(), start, Bindings.NONE)
                                    .orElse(Bindings.NONE);
            int end = last() + 1;
            for (int position : matcher.candidates(during.to().shape())) {
                if (position > start
                        && matcher.match(during.to().shape(), position, bound).isPresent()) {
                    end = position;
                    break;
                }
            }
            stretches.add(new int[] {start, end});
        }
        return stretches;
    }

    private Optional<Finding> broken(Assertion.During during, int[] stretch, String expected) {
        for (int i = Math.max(0, stretch[0]); i < stretch[1]; i++) {
            boolean intruder =
                    during.never().isPresent()
                            && matcher.candidates(during.never().get().shape()).contains(i);
            boolean untrue =
                    during.expect().isPresent()
                            && !run.holds(during.expect().get(), i).orElse(false);
            if (!intruder && !untrue) continue;
            String actual = intruder ? say(i) : run.values(during.expect().orElseThrow(), i);
            return Optional.of(Finding.fail(0, List.of(seq(i)), seq(i), expected, actual));
        }
        return Optional.empty();
    }

    // ---- conditions
    // -------------------------------------------------------------------------------

    private Finding invariant(Assertion.Invariant invariant) {
        var evidence = new ArrayList<Integer>();
        var expected = new ArrayList<String>();
        if (invariant.always().isPresent()) {
            Condition always = invariant.always().get();
            expected.add("always " + Words.of(always, run));
            for (int i : run.changes(always)) {
                if (run.holds(always, i).orElse(true)) continue;
                int seq = i < 0 ? 0 : seq(i);
                return Finding.fail(
                        0, List.of(seq), seq, String.join(", ", expected), run.values(always, i));
            }
        }
        if (invariant.reaches().isPresent()) {
            Condition reaches = invariant.reaches().get();
            expected.add("at some moment " + Words.of(reaches, run));
            Optional<Integer> reached =
                    run.changes(reaches).stream()
                            .filter(i -> run.holds(reaches, i).orElse(false))
                            .findFirst();
            if (reached.isEmpty()) {
                return Finding.missing(
                        0,
                        List.of(),
                        lastSeq(),
                        String.join(", ", expected),
                        "it never was so; at the end " + run.values(reaches, last()));
            }
            if (reached.get() >= 0) evidence.add(seq(reached.get()));
        }
        return Finding.pass(evidence, String.join(", ", expected), "it was so");
    }

    private Finding atEnd(Condition condition) {
        String expected = "when the run is over " + Words.of(condition, run);
        String actual = run.values(condition, last());
        Optional<Boolean> holds = run.holds(condition, last());
        int changed = run.lastChange(condition, last());
        List<Integer> evidence = changed < 0 ? List.of() : List.of(seq(changed));
        if (holds.orElse(false)) return Finding.pass(evidence, expected, actual);
        int divergence = changed < 0 ? lastSeq() : seq(changed);
        return Finding.missing(0, evidence, divergence, expected, actual);
    }

    /** What was said of a run beforehand, beside what it comes to. */
    public PredictionCheck predictions() {
        return new PredictionCheck(run);
    }

    // ---- several
    // ----------------------------------------------------------------------------------

    private Finding all(List<Assertion> parts) {
        List<Finding> findings = parts.stream().map(this::check).toList();
        List<Integer> evidence =
                findings.stream().flatMap(f -> f.evidence().stream()).distinct().toList();
        Optional<Finding> first = findings.stream().filter(f -> !f.passes()).findFirst();
        if (first.isEmpty()) {
            return Finding.pass(evidence, join(findings, true), join(findings, false));
        }
        double share = findings.stream().mapToDouble(Finding::share).average().orElse(1);
        Finding worst = first.get();
        return new Finding(
                worst.verdict(),
                share,
                worst.evidence(),
                worst.divergence(),
                worst.expected(),
                worst.actual(),
                worst.why(),
                findings.stream().allMatch(f -> f.passes() || f.open()));
    }

    private static String join(List<Finding> findings, boolean expected) {
        return String.join(
                "; ", findings.stream().map(f -> expected ? f.expected() : f.actual()).toList());
    }

    private Finding any(List<Assertion> parts) {
        List<Finding> findings = parts.stream().map(this::check).toList();
        return findings.stream()
                .filter(Finding::passes)
                .findFirst()
                .or(() -> findings.stream().max(Comparator.comparingDouble(Finding::share)))
                .orElse(Finding.fail(0, List.of(), 0, "one of nothing", "nothing"));
    }

    private Finding none(List<Assertion> parts) {
        for (Assertion part : parts) {
            Finding finding = check(part);
            if (!finding.passes()) continue;
            int divergence = finding.evidence().isEmpty() ? 0 : finding.evidence().getFirst();
            return new Finding(
                    Verdict.FAIL,
                    0,
                    finding.evidence(),
                    divergence,
                    "not: " + finding.expected(),
                    isInSteps(part) ? oneByOne(finding) : finding.actual(),
                    LocalText.NONE,
                    false);
        }
        return Finding.pass(List.of(), "none of " + parts.size(), "none");
    }

    private static boolean isInSteps(Assertion assertion) {
        return assertion instanceof Assertion.Order || assertion instanceof Assertion.Window;
    }

    // ---- words
    // ------------------------------------------------------------------------------------

    /** The steps that should not have come one after the other; of many, what the finding says. */
    private String oneByOne(Finding steps) {
        List<Integer> seqs = steps.evidence();
        if (seqs.size() > MOST_STEPS_TOLD) return steps.actual();
        return seqs.stream()
                .map(seq -> say(seq - seq(0)) + " (event " + seq + ")")
                .collect(Collectors.joining(", then "));
    }

    private String say(int position) {
        TraceEvent event = index.events().get(position);
        return narrator.say(event);
    }

    private List<Integer> seqs(List<Integer> positions) {
        return positions.stream().map(this::seq).toList();
    }

    private static String times(long n) {
        return n == 1 ? "once" : n == 2 ? "twice" : n + " times";
    }

    private static String span(long nanos) {
        return Value.text(nanos);
    }
}
