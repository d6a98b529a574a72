package io.socketlab.server.authoring;

import io.socketlab.server.web.ProblemException;
import org.springframework.http.HttpStatus;

/** What requests about drafts are refused for. */
final class DraftProblems {

    private DraftProblems() {}

    static ProblemException badFile(String detail) {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT, "bad-lab-file", "Not a lab's file", detail);
    }

    static ProblemException badZip(String detail) {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT, "bad-zip", "Not a lab's zip", detail);
    }

    static ProblemException badId(String id) {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "bad-lab-id",
                "Not a lab's id",
                "A lab's id has small letters, digits and '-', begins with a letter, and has at most 61"
                        + " characters; '%s' has not.".formatted(id));
    }

    static ProblemException guest() {
        return new ProblemException(
                HttpStatus.FORBIDDEN,
                "guests-do-not-write",
                "Not as a guest",
                "To write labs, sign up first: what you write is kept under your name.");
    }

    static ProblemException unknownDraft(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-draft",
                "Unknown draft",
                "You have no draft " + id + ".");
    }

    static ProblemException unknownFile(String path) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-lab-file",
                "Unknown file",
                "The draft has no file " + path + ".");
    }

    static ProblemException unknownRevision(String lab, int number) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-revision",
                "Unknown revision",
                "Lab %s has no revision %d.".formatted(lab, number));
    }

    static ProblemException unknownLab(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-lab", "Unknown lab", "There is no lab " + id + ".");
    }

    static ProblemException tooMany(int most) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "too-many-drafts",
                "Too many drafts",
                "You have %d drafts, which is as many as there may be. Delete one first."
                        .formatted(most));
    }

    static ProblemException unreadable() {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "draft-has-mistakes",
                "The lab cannot be read yet",
                "The draft has mistakes. Mend what is listed under Problems first.");
    }

    static ProblemException unknownRun(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-run",
                "Unknown run",
                "You have no run %s of this draft.".formatted(id));
    }

    static ProblemException notRecordable(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, "not-recordable", "Not recorded", detail);
    }

    static ProblemException unverified() {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "not-verified",
                "Not verified",
                "The draft has not been verified as it is now.");
    }

    static ProblemException changed(Draft draft) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "stale-draft",
                "Changed meanwhile",
                "The draft has version %d by now.".formatted(draft.version()));
    }

    static ProblemException notPublishable(String detail) {
        return new ProblemException(
                HttpStatus.CONFLICT, "not-publishable", "Not published", detail);
    }
}
