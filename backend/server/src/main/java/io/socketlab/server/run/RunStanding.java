package io.socketlab.server.run;

import io.socketlab.server.lab.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How far a student has come, by his runs and what he has handed in. */
@Component
class RunStanding implements Standing {

    private final RunStore runs;
    private final SubmissionStore submissions;
    private final RunRules rules;
    private final ShownResults results;

    RunStanding(RunStore runs, SubmissionStore submissions, RunRules rules, ShownResults results) {
        this.runs = runs;
        this.submissions = submissions;
        this.rules = rules;
        this.results = results;
    }

    @Override
    public Map<String, OfLab> of(UUID account) {
        var labOf = new HashMap<UUID, String>();
        var latest = new HashMap<String, Run>();
        for (Run run : runs.of(account)) {
            labOf.put(run.id(), run.labId());
            latest.merge(run.labId(), run, (a, b) -> a.attempt() >= b.attempt() ? a : b);
        }
        var best = new HashMap<String, Submission>();
        Set<UUID> hidden = rules.hidden(labOf.keySet());
        for (Submission submission : submissions.ofAccount(account)) {
            if (hidden.contains(submission.runId())) continue;
            String lab = labOf.get(submission.runId());
            if (lab == null) continue;
            best.merge(lab, results.shown(submission), (a, b) -> a.score() >= b.score() ? a : b);
        }
        var standings = new HashMap<String, OfLab>();
        latest.forEach((lab, run) -> {
            Optional<Submission> found = Optional.ofNullable(best.get(lab));
            standings.put(
                    lab,
                    new OfLab(
                            Optional.of(run.id()),
                            found.map(Submission::score),
                            found.map(Submission::maxScore).orElse(0.0)));
        });
        return standings;
    }
}
