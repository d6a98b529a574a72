package io.socketlab.server.authoring;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabReader;
import io.socketlab.server.grading.Verifications;
import io.socketlab.server.grading.Verifications.Verification;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Verifying drafts and publishing them: only what is proven, as it was proven, for good. */
@Service
class Publishing {

    private final Trials trials;
    private final DraftStore drafts;
    private final RevisionStore revisions;
    private final Labs labs;
    private final Verifications verifications;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Publishing(
            Trials trials,
            DraftStore drafts,
            RevisionStore revisions,
            Labs labs,
            Verifications verifications,
            TransactionTemplate transaction,
            Clock clock) {
        this.trials = trials;
        this.drafts = drafts;
        this.revisions = revisions;
        this.labs = labs;
        this.verifications = verifications;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * The draft as it is now, as a lab.
     *
     * @throws ProblemException if it has mistakes
     */
    Lab lab(Draft draft) {
        return labs.find(trials.of(draft).id()).orElseThrow(DraftProblems::unreadable);
    }

    /** Has the draft proven as it is now. */
    void verify(Draft draft) {
        verifications.begin(draft.accountId(), lab(draft));
    }

    /** The proof of the draft as it is now, if one was asked for. */
    Optional<Verification> verification(Draft draft) {
        return verifications.last(draft.accountId(), trials.idNow(draft));
    }

    /**
     * Publishes the draft as it is now.
     *
     * @throws ProblemException if it is not proven, has not changed, or its id is another's
     */
    LabRevision publish(Draft draft) {
        Trial trial = trials.of(draft);
        Lab lab = labs.find(trial.id()).orElseThrow(DraftProblems::unreadable);
        checkId(draft);
        Optional<LabRevision> last = revisions.last(draft.labId());
        if (last.filter(r -> r.tree().equals(trial.tree())).isPresent()) {
            throw DraftProblems.notPublishable(
                    "Nothing has changed since revision " + last.get().number() + ".");
        }
        Verifications.Report report = proven(draft, trial);
        Instant now = DatabaseTime.now(clock);
        var revision =
                new LabRevision(
                        draft.labId(),
                        lab.revision(),
                        trial.tree(),
                        report.document(),
                        Optional.of(draft.accountId()),
                        now);
        try {
            transaction.executeWithoutResult(_ -> {
                if (revisions.publishedAs(draft.id()).isEmpty()) {
                    revisions.take(draft.labId(), draft);
                }
                revisions.add(revision);
                number(draft, revision.number(), now);
            });
        } catch (DuplicateKeyException e) {
            throw DraftProblems.notPublishable(
                    "It has been published at the same moment. Look at its revisions.");
        }
        return revision;
    }

    private void checkId(Draft draft) {
        Optional<String> as = revisions.publishedAs(draft.id());
        if (as.isPresent()) return;
        String id = draft.labId();
        if (labs.find(id).isPresent() || revisions.isTaken(id)) {
            throw DraftProblems.notPublishable(
                    "There is a lab %s already. Ids are never used again: give yours another in lab.yaml."
                            .formatted(id));
        }
    }

    private Verifications.Report proven(Draft draft, Trial trial) {
        Verification verification =
                verifications
                        .last(draft.accountId(), trial.id())
                        .orElseThrow(() ->
                                DraftProblems.notPublishable(
                                        "It has not been verified as it is now."));
        if (verification.isUnderWay()) {
            throw DraftProblems.notPublishable("It is still being verified.");
        }
        Verifications.Report report =
                verification
                        .report()
                        .orElseThrow(
                                () -> DraftProblems.notPublishable("Verifying it was cancelled."));
        if (!report.isProven()) {
            throw DraftProblems.notPublishable(
                    "It is not proven. %s First: %s"
                            .formatted(
                                    report.problems().size() == 1
                                            ? "One thing is wrong."
                                            : report.problems().size() + " things are wrong.",
                                    report.problems().getFirst()));
        }
        if (report.seeds() < lab(draft).variants().pool()) {
            throw DraftProblems.notPublishable(
                    "It has been verified with %d seeds only; its pool has more."
                            .formatted(report.seeds()));
        }
        return report;
    }

    /** The draft says the number that it was published as, so that both are the same files. */
    private void number(Draft draft, int number, Instant now) {
        Optional<DraftFile> yaml = drafts.file(draft.id(), LabReader.FILE);
        LabFolder numbered = drafts.folder(draft.id()).withRevision(number);
        if (yaml.isEmpty()) return;
        String text = numbered.text(LabReader.FILE).orElseThrow();
        if (yaml.get().text().filter(text::equals).isPresent()) return;
        int version = drafts.nextVersion(draft.id(), now);
        drafts.write(
                draft.id(),
                LabReader.FILE,
                yaml.get().version(),
                version,
                text.getBytes(StandardCharsets.UTF_8));
    }
}
