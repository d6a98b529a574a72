package io.socketlab.server.authoring;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.record.ProposedCheck;
import io.socketlab.lab.record.RecordedScript;
import io.socketlab.lab.record.Recorder;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import io.socketlab.server.web.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Checks proposed from runs that did it right: those of the solutions, or one that the author has
 * made on a bench, which becomes a solution.
 */
@Service
class ReferenceRuns {

    /** What holds with so many seeds is seldom luck. */
    private static final long SEEDS = 8;

    private static final String RECORDED = "solution/recorded%s.pkt";
    private static final String STATEMENT = "statement.en.md";

    private final Drafts drafts;
    private final Publishing publishing;
    private final TrialStore trials;
    private final Runs runs;
    private final Labs labs;
    private final Semaphore processors =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    ReferenceRuns(Drafts drafts, Publishing publishing, TrialStore trials, Runs runs, Labs labs) {
        this.drafts = drafts;
        this.publishing = publishing;
        this.trials = trials;
        this.runs = runs;
        this.labs = labs;
    }

    /** The author's runs of the draft, the last used first. */
    List<Run> of(Draft draft) {
        Set<String> ids = trials.idsOf(draft.id());
        return runs.of(draft.accountId()).stream()
                .filter(run -> ids.contains(run.labId()))
                .toList();
    }

    /**
     * One of them.
     *
     * @throws ProblemException if it is none
     */
    Run find(Draft draft, String id) {
        return of(draft).stream()
                .filter(run -> run.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> DraftProblems.unknownRun(id));
    }

    /**
     * What a run has done, as a script.
     *
     * @throws ProblemException if it cannot be one
     */
    String script(Run run) {
        Lab lab = labs.find(run.labId(), run.labRevision()).orElseThrow(DraftProblems::unreadable);
        try {
            return inPlace(() -> RecordedScript.of(lab, run.seed(), runs.lines(run)));
        } catch (ScriptException e) {
            throw DraftProblems.notRecordable(
                    "Line %d of its log: %s.".formatted(e.line(), e.problem()));
        }
    }

    /**
     * Checks that hold in each run of the script, or of all solutions if there is none.
     *
     * @throws ProblemException if the draft has mistakes, or a script cannot be run with each seed
     */
    List<ProposedCheck> proposals(Draft draft, Optional<String> script) {
        Lab lab = publishing.lab(draft);
        List<Source> sources =
                script.map(s -> List.of(Source.of(RECORDED.formatted(""), s)))
                        .orElseGet(() -> solutions(lab));
        if (sources.isEmpty()) {
            throw DraftProblems.notRecordable(
                    "The draft has no script in solution/. Solve it on a bench and record that run.");
        }
        try {
            return inPlace(() -> Recorder.proposals(lab, sources, SEEDS));
        } catch (ScriptException e) {
            throw DraftProblems.notRecordable(
                    "%s, line %d: %s.".formatted(e.file(), e.line(), e.problem()));
        }
    }

    private static List<Source> solutions(Lab lab) {
        return lab.files().list("solution").stream()
                .filter(path -> path.endsWith(".pkt"))
                .map(path -> Source.of(path, lab.files().read(path).orElse("")))
                .toList();
    }

    /**
     * Puts checks into lab.yaml, a task for each into the statement, and the script among the
     * solutions.
     *
     * @throws ProblemException if lab.yaml is written so that nothing can be put in
     */
    void keep(Draft draft, Optional<String> script, List<ProposedCheck> checks) {
        LabFolder folder = drafts.folder(draft);
        if (!checks.isEmpty()) {
            String yaml = folder.text(LabReader.FILE).orElse("");
            String more =
                    LabYaml.with(yaml, checks)
                            .orElseThrow(() ->
                                    DraftProblems.notRecordable(
                                            "The checks of lab.yaml are not written one a line, as in - id: it."
                                                    + " Put these in by hand."));
            write(draft, LabReader.FILE, more);
            folder.text(STATEMENT).ifPresent(text -> write(draft, STATEMENT, text + tasks(checks)));
        }
        script.ifPresent(s -> write(draft, free(folder), s));
    }

    private static String tasks(List<ProposedCheck> checks) {
        var text = new StringBuilder("\n");
        for (ProposedCheck check : checks) {
            text.append("- [task](%s) %s.\n".formatted(check.id(), check.title()));
        }
        return text.toString();
    }

    /** A name that no other solution has. */
    private static String free(LabFolder folder) {
        String path = RECORDED.formatted("");
        for (int n = 2; folder.paths().contains(path); n++) path = RECORDED.formatted("-" + n);
        return path;
    }

    private void write(Draft draft, String path, String text) {
        int base =
                drafts.files(draft).stream()
                        .filter(file -> file.path().equals(path))
                        .mapToInt(DraftFile::version)
                        .findFirst()
                        .orElse(0);
        drafts.write(draft, path, base, text);
    }

    private <T> T inPlace(Supplier<T> work) {
        processors.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            processors.release();
        }
    }
}
