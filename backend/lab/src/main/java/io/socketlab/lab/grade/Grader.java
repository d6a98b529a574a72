package io.socketlab.lab.grade;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.lab.check.Checker;
import io.socketlab.lab.check.Finding;
import io.socketlab.lab.check.Halt;
import io.socketlab.lab.check.Narrator;
import io.socketlab.lab.check.PredictionCheck;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.grade.ResultDocument.FormatError;
import io.socketlab.lab.grade.ResultDocument.FoundMistake;
import io.socketlab.lab.grade.ResultDocument.LabReference;
import io.socketlab.lab.grade.ResultDocument.Sentence;
import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Mistake;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.script.ScriptException;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges a run of a lab. Always gives a result: what goes wrong in judging is {@link Verdict#ERROR}
 * for that check, is logged, and costs the student nothing.
 */
public final class Grader {

    private static final Logger LOG = System.getLogger(Grader.class.getName());
    private static final String OUR_FAULT =
            "This check could not be judged. That is our fault and costs you nothing.";
    private static final String NOT_UNDERSTOOD = "not run: what was handed in cannot be understood";

    private final Lab lab;
    private final String locale;

    public Grader(Lab lab) {
        this(lab, "en");
    }

    /**
     * @param locale in which the result speaks, where the lab does
     */
    public Grader(Lab lab, String locale) {
        this.lab = lab;
        this.locale = locale;
    }

    public ResultDocument grade(CompletedRun run) {
        long start = System.nanoTime();
        try {
            Parameters parameters = lab.parameters(run.seed());
            for (var said : run.predictions().entrySet()) {
                parameters = parameters.with("predict." + said.getKey(), said.getValue());
            }
            TraceIndex index = run.index();
            var checker = new Checker(index, parameters);
            var narrator = new Narrator(index);
            List<Judged> judged = blocked(judge(checker));
            var tests = new ArrayList<ResultDocument.Test>();
            for (Judged j : judged) tests.add(test(j, index, narrator, parameters));
            PredictionCheck said = checker.predictions();
            for (Prediction p : lab.predictions()) {
                test(p, said, run, parameters).ifPresent(tests::add);
            }
            return document(run, tests, mistakes(checker, index, narrator, parameters), start);
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "grading lab " + lab.id() + " failed", e);
            return document(
                    run,
                    lab.checks().stream()
                            .map(check -> ungraded(check, Verdict.ERROR, OUR_FAULT))
                            .toList(),
                    List.of(),
                    start);
        }
    }

    /** The result of what could not be graded because of us. */
    public ResultDocument failure(long seed, String message) {
        return ungraded(seed, Verdict.ERROR, OUR_FAULT, List.of(), message);
    }

    /** The result of what cannot be understood: nothing has been run. */
    public ResultDocument unreadable(long seed, ScriptException e) {
        return unreadable(
                seed, List.of(new FormatError(e.file(), e.line(), e.column(), e.problem())));
    }

    /**
     * @param errors where it cannot be understood, one at least
     */
    ResultDocument unreadable(long seed, List<FormatError> errors) {
        String first = errors.getFirst().text();
        return ungraded(seed, Verdict.NOT_EXERCISED, NOT_UNDERSTOOD, errors, first);
    }

    private ResultDocument ungraded(
            long seed, Verdict verdict, String why, List<FormatError> errors, String message) {
        return new ResultDocument(
                0,
                lab.maxScore(),
                false,
                verdict,
                "visible",
                0,
                "",
                seed,
                new LabReference(lab.id(), lab.revision()),
                Engine.version(),
                lab.checks().stream().map(check -> ungraded(check, verdict, why)).toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                errors,
                message,
                Map.of());
    }

    private record Judged(Check check, Finding finding) {}

    private List<Judged> judge(Checker checker) {
        var judged = new ArrayList<Judged>();
        for (Check check : lab.checks()) judged.add(new Judged(check, judge(checker, check)));
        return judged;
    }

    private Finding judge(Checker checker, Check check) {
        try {
            if (check.requires().isPresent()) {
                Finding required = checker.check(check.requires().get());
                if (!required.passes()) return required.as(Verdict.NOT_EXERCISED);
            }
            return checker.check(check.assertion());
        } catch (RuntimeException e) {
            LOG.log(
                    Logger.Level.ERROR,
                    "check " + check.id() + " of lab " + lab.id() + " failed",
                    e);
            return new Finding(
                    Verdict.ERROR, 0, List.of(), 0, "", OUR_FAULT, LocalText.NONE, false);
        }
    }

    /** A failed check blocks those of the layers above that do not hold: it is charged once. */
    private static List<Judged> blocked(List<Judged> judged) {
        var lowest = new TreeMap<Integer, Boolean>();
        for (Judged j : judged) {
            boolean failed = j.finding().verdict() != Verdict.PASS;
            lowest.merge(j.check().layer(), failed, Boolean::logicalOr);
        }
        int failing =
                lowest.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .min(Comparator.naturalOrder())
                        .orElse(Integer.MAX_VALUE);
        return judged.stream()
                .map(j ->
                        j.check().layer() > failing && isCharged(j.finding().verdict())
                                ? new Judged(j.check(), j.finding().as(Verdict.BLOCKED))
                                : j)
                .toList();
    }

    private static boolean isCharged(Verdict verdict) {
        return switch (verdict) {
            case FAIL, NOT_EXERCISED -> true;
            case PASS, BLOCKED, ERROR -> false;
        };
    }

    // ---- one check
    // --------------------------------------------------------------------------------

    private ResultDocument.Test test(
            Judged judged, TraceIndex index, Narrator narrator, Parameters parameters) {
        Check check = judged.check();
        Finding finding = judged.finding();
        boolean tells = finding.verdict() == Verdict.FAIL;
        Optional<Rule> rule = check.rule().flatMap(Rule::of);
        if (rule.isEmpty() && tells) rule = met(index, finding);
        return new ResultDocument.Test(
                check.id(),
                fill(check.title(), parameters),
                score(check, finding),
                check.points(),
                finding.verdict(),
                check.visibility(),
                rule.map(Rule::id).orElse(""),
                rule.map(Rule::sentence).orElse(""),
                output(finding),
                finding.expected(),
                finding.actual(),
                feedback(check, finding, parameters),
                finding.evidence(),
                finding.divergence(),
                tells ? story(finding, narrator) : List.of(),
                0,
                check.tags(),
                finding.open());
    }

    /** Empty for what was asked in the run for practice, and not answered. */
    private Optional<ResultDocument.Test> test(
            Prediction prediction, PredictionCheck check, CompletedRun run, Parameters parameters) {
        Optional<Value> said = Optional.ofNullable(run.predictions().get(prediction.id()));
        if (said.isEmpty() && prediction.halts() && prediction.mayBeSkipped()) {
            return Optional.empty();
        }
        Finding finding =
                check.compare(
                        prediction.question(), said, choice -> fill(choice.text(), parameters));
        boolean passes = finding.verdict() == Verdict.PASS;
        Optional<Rule> rule = prediction.question().halt().map(Halt::rule).flatMap(Rule::of);
        return Optional.of(
                new ResultDocument.Test(
                        prediction.id(),
                        fill(prediction.ask(), parameters),
                        passes ? prediction.points() : 0,
                        prediction.points(),
                        finding.verdict(),
                        Check.Visibility.ALWAYS,
                        rule.map(Rule::id).orElse(""),
                        rule.map(Rule::sentence).orElse(""),
                        finding.actual(),
                        finding.expected(),
                        finding.actual(),
                        "",
                        finding.evidence(),
                        finding.divergence(),
                        List.of(),
                        0,
                        List.of(ResultDocument.Test.PREDICTION),
                        finding.open()));
    }

    private ResultDocument.Test ungraded(Check check, Verdict verdict, String why) {
        return new ResultDocument.Test(
                check.id(),
                check.title().in(locale),
                0,
                check.points(),
                verdict,
                check.visibility(),
                check.rule().orElse(""),
                "",
                why,
                "",
                why,
                "",
                List.of(),
                0,
                List.of(),
                0,
                check.tags(),
                false);
    }

    /** Rounded to hundredths, here and nowhere else. */
    private static double score(Check check, Finding finding) {
        double share =
                switch (finding.verdict()) {
                    case PASS -> 1;
                    case FAIL -> check.partial() ? Math.min(finding.share(), 1) : 0;
                    case NOT_EXERCISED, BLOCKED, ERROR -> 0;
                };
        return Math.round(check.points() * share * 100) / 100.0;
    }

    private static String output(Finding finding) {
        return switch (finding.verdict()) {
            case PASS -> finding.actual();
            case FAIL -> "expected " + finding.expected() + "; actual: " + finding.actual();
            case NOT_EXERCISED ->
                    "not exercised: " + finding.expected() + "; actual: " + finding.actual();
            case BLOCKED -> "blocked: a check of a lower layer failed, mend that first";
            case ERROR -> OUR_FAULT;
        };
    }

    private String feedback(Check check, Finding finding, Parameters parameters) {
        LocalText text =
                switch (finding.verdict()) {
                    case FAIL -> finding.why().isEmpty() ? check.feedback().fail() : finding.why();
                    case NOT_EXERCISED -> check.feedback().notExercised();
                    case PASS, BLOCKED, ERROR -> LocalText.NONE;
                };
        return fill(text, with(parameters, finding));
    }

    private static Parameters with(Parameters parameters, Finding finding) {
        return parameters
                .with("actual", new Value.Word(finding.actual()))
                .with("expected", new Value.Word(finding.expected()))
                .with("event", new Value.Word(Integer.toString(finding.divergence())));
    }

    private String fill(LocalText text, Parameters parameters) {
        return parameters.fill(text.in(locale));
    }

    private static List<Sentence> story(Finding finding, Narrator narrator) {
        return narrator.upTo(finding.divergence()).stream()
                .map(s -> new Sentence(s.seq(), s.text()))
                .toList();
    }

    /** The rule by which the kernel did what the run differs in. */
    private static Optional<Rule> met(TraceIndex index, Finding finding) {
        return index.numbered(finding.divergence()).map(event -> event.stamp().rule());
    }

    // ---- the whole
    // --------------------------------------------------------------------------------

    private List<FoundMistake> mistakes(
            Checker checker, TraceIndex index, Narrator narrator, Parameters parameters) {
        var found = new ArrayList<FoundMistake>();
        for (Mistake mistake : lab.mistakes()) {
            try {
                Finding finding = checker.check(mistake.when());
                if (!finding.passes()) continue;
                String say = fill(mistake.say(), shown(finding, index, narrator, parameters));
                found.add(
                        new FoundMistake(
                                mistake.id(),
                                mistake.severity() == Mistake.Severity.WARN ? "warn" : "error",
                                say));
            } catch (RuntimeException e) {
                LOG.log(
                        Logger.Level.ERROR,
                        "mistake " + mistake.id() + " of lab " + lab.id() + " failed",
                        e);
            }
        }
        return found;
    }

    /** A mistake is there: what shows it is the last event that it goes by. */
    private static Parameters shown(
            Finding finding, TraceIndex index, Narrator narrator, Parameters parameters) {
        if (finding.evidence().isEmpty()) return with(parameters, finding);
        int event = finding.evidence().getLast();
        return index.numbered(event)
                .map(e ->
                        with(parameters, finding)
                                .with("actual", new Value.Word(narrator.say(e)))
                                .with("event", new Value.Word(Integer.toString(event))))
                .orElseGet(() -> with(parameters, finding));
    }

    private ResultDocument document(
            CompletedRun run,
            List<ResultDocument.Test> tests,
            List<FoundMistake> mistakes,
            long start) {
        double score = tests.stream().mapToDouble(ResultDocument.Test::score).sum();
        double capped = Math.min(score, cap(mistakes));
        boolean gradable = tests.stream().noneMatch(t -> t.status() == Verdict.ERROR);
        return new ResultDocument(
                Math.round(capped * 100) / 100.0,
                lab.maxScore(),
                gradable,
                Verdict.of(tests.stream().map(ResultDocument.Test::status).toList()),
                "visible",
                Math.round((System.nanoTime() - start) / 1e4) / 1e5,
                run.traceHash(),
                run.seed(),
                new LabReference(lab.id(), lab.revision()),
                Engine.version(),
                tests,
                mistakes,
                List.of(),
                List.of(),
                run.script(),
                List.of(),
                run.limit().orElse(""),
                Map.of());
    }

    private double cap(List<FoundMistake> mistakes) {
        int percent = 100;
        for (Mistake mistake : lab.mistakes()) {
            boolean there = mistakes.stream().anyMatch(m -> m.id().equals(mistake.id()));
            if (there) percent = Math.min(percent, mistake.cap().orElse(100));
        }
        return lab.maxScore() * percent / 100.0;
    }
}
