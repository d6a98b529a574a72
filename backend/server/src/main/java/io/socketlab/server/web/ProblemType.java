package io.socketlab.server.web;

import java.util.List;

/**
 * A type of problem that REST answers with: part of the interface, and never given another meaning.
 *
 * @param name last part of the {@code type}
 * @param status of HTTP
 * @param meaning what it means, and what to do about it
 */
record ProblemType(String name, int status, String meaning) {

    private static final List<ProblemType> ALL =
            List.of(
                    of(
                            "anothers-log",
                            422,
                            "The log handed in is of another lab or seed than the attempt."),
                    of(
                            "bad-lab-file",
                            422,
                            "A path, a size or a number of files is not one of a lab's; the detail says which."),
                    of("bad-lab-id", 422, "A lab's id has small letters, digits and '-'."),
                    of("bad-name", 422, "A branch's name is one line, and not too long."),
                    of("bad-request", 400, "The request is not one of HTTP, or broke off."),
                    of("bad-token", 401, "The token is unknown or revoked. Make another."),
                    of(
                            "bad-zip",
                            422,
                            "The zip is damaged, leads out of the lab, or holds too much; the detail says which."),
                    of("body-too-large", 413, "The body has more octets than are taken."),
                    of(
                            "bound-token",
                            403,
                            "The token is bound to a course, which course names, and this is not of it."),
                    of(
                            "broken-log",
                            422,
                            "The log cannot be understood; line and column say where."),
                    of("broken-roster", 422, "Lines of the list cannot be; problems names them."),
                    of(
                            "broken-script",
                            422,
                            "The script cannot be understood; line and column say where."),
                    of(
                            "busy",
                            503,
                            "All graders are at work. Try again in a few seconds, or hand it in as a job."),
                    of(
                            "capture-too-large",
                            422,
                            "The run has too many frames for a capture over REST."),
                    of(
                            "compile-errors",
                            422,
                            "The server's compiler refuses the program; messages has what it says, by file, line and column."),
                    of(
                            "compiler-busy",
                            503,
                            "The server's compiler has too much to do, or failed. Try again in a few seconds."),
                    of(
                            "course-archived",
                            409,
                            "The course is over, and nothing in it can be changed."),
                    of(
                            "draft-has-mistakes",
                            409,
                            "The draft cannot be read yet; POST /drafts/{id}/check tells why."),
                    of(
                            "expired-token",
                            401,
                            "The token was good until the time that expired names. Make another."),
                    of(
                            "forbidden",
                            403,
                            "It is not allowed for whoever asks, or came without its CSRF token."),
                    of(
                            "guest",
                            403,
                            "A guest cannot: sign up first, which keeps all that was done."),
                    of(
                            "guests-do-not-write",
                            403,
                            "Labs are written by people who have signed up."),
                    of(
                            "idempotency-key-reused",
                            422,
                            "Another request came under this Idempotency-Key."),
                    of(
                            "insufficient-scope",
                            403,
                            "The token is not good for this; scope says what it needs."),
                    of("internal-error", 500, "Our fault; it has been logged."),
                    of("internal-server-error", 500, "Our fault; it has been logged."),
                    of(
                            "invalid-body",
                            400,
                            "A field is missing, too long or not one of those known; errors names it."),
                    of("invalid-idempotency-key", 400, "The Idempotency-Key cannot be one."),
                    of(
                            "invalid-parameter",
                            400,
                            "A parameter is not what it must be; the detail names it."),
                    of("invalid-webhook", 400, "The webhook's address cannot be called."),
                    of("job-ended", 409, "The job is done and cannot be cancelled."),
                    of("last-owner", 409, "A course has an owner at least."),
                    of(
                            "line-refused",
                            422,
                            "The event to fork at is within a line that cannot be cut there."),
                    of(
                            "malformed-body",
                            400,
                            "The body is not JSON, or has a field that is not known; line and column say where."),
                    of(
                            "member-there",
                            409,
                            "Somebody in the course has this address, id or account."),
                    of("method-not-allowed", 405, "The address does not take this method."),
                    of(
                            "no-compiler",
                            422,
                            "The server compiles no programs: hand in wasm, with the source beside it."),
                    of("no-course", 409, "The run is for no course, so there is nobody to ask."),
                    of(
                            "no-result",
                            404,
                            "Nothing that was handed in for the attempt has been graded."),
                    of("no-run", 404, "The job made no run, so there is no trace of it."),
                    of("no-solution", 404, "The lab has no solution to compare with."),
                    of(
                            "not-acceptable",
                            406,
                            "The address does not answer with a type that was asked for."),
                    of("not-comparable", 422, "The runs are of different labs or seeds."),
                    of("not-done", 409, "The job has no result yet, or was cancelled."),
                    of("not-found", 404, "There is nothing at this address."),
                    of(
                            "not-publishable",
                            409,
                            "The draft is not proven as it is, has not changed, or its id is taken; the detail says which."),
                    of(
                            "not-recordable",
                            409,
                            "The run cannot become a script, or there is none; the detail says why."),
                    of(
                            "not-verified",
                            404,
                            "Nobody has asked to have the draft proven as it is now."),
                    of("not-your-role", 403, "One's role in the course is not enough for it."),
                    of(
                            "program-refused",
                            422,
                            "The compiled program is not let in; what it says is why."),
                    of(
                            "queue-full",
                            429,
                            "Too many jobs of the account wait. Try again when some are done."),
                    of(
                            "regrade-state",
                            409,
                            "The regrade, or its assignment, is not in a state for that."),
                    of(
                            "run-is-read-only",
                            409,
                            "The run was made by another version and can only be looked at."),
                    of("run-unavailable", 409, "The run cannot be rebuilt."),
                    of("scores-hidden", 403, "The assignment shows no scores to students."),
                    of("script-too-long", 400, "The script has too many characters."),
                    of(
                            "stale-draft",
                            409,
                            "It has been changed since it was read; nothing was saved. changes tells what differs."),
                    of("too-many-assignments", 409, "A course has so many assignments at most."),
                    of("too-many-comparisons", 429, "So many comparisons are allowed in an hour."),
                    of("too-many-courses", 409, "An account owns so many courses at most."),
                    of("too-many-drafts", 409, "The account has as many drafts as it may."),
                    of("too-many-forks", 409, "The attempt has as many branches as it may."),
                    of("too-many-programs", 409, "An account has so many programs at most."),
                    of("too-many-questions", 409, "So many questions wait for an answer already."),
                    of(
                            "too-many-requests",
                            429,
                            "Too many requests in a minute; Retry-After says when to come back."),
                    of("too-many-webhooks", 409, "The account has as many webhooks as it may."),
                    of("unauthenticated", 401, "There is no token, or nobody is signed in."),
                    of("unknown-assignment", 404, "There is no such assignment that one may see."),
                    of("unknown-batch", 404, "There is no such batch of this account."),
                    of("unknown-course", 404, "One is in no such course."),
                    of("unknown-draft", 404, "There is no such draft of this account."),
                    of("unknown-event", 422, "The run has no event of this number."),
                    of("unknown-extension", 404, "The assignment has no such extension."),
                    of(
                            "unknown-invitation",
                            404,
                            "The link leads to no course, or does so no more."),
                    of("unknown-job", 404, "There is no such job of this account."),
                    of("unknown-lab", 404, "There is no such lab."),
                    of("unknown-lab-file", 404, "The draft has no file at this path."),
                    of("unknown-member", 404, "The course has no such member."),
                    of("unknown-question", 404, "The course has no such question."),
                    of("unknown-regrade", 404, "The assignment has no such regrade."),
                    of("unknown-revision", 404, "The lab has no such revision here."),
                    of("unknown-run", 404, "There is no such run or attempt of this account."),
                    of("unknown-seed", 400, "The lab's pool has no such seed."),
                    of("unknown-submission", 404, "The run has no submission of this number."),
                    of("unknown-webhook", 404, "There is no such webhook of this account."),
                    of(
                            "unsupported-media-type",
                            415,
                            "The address does not take a body of this type."));

    private static ProblemType of(String name, int status, String meaning) {
        return new ProblemType(name, status, meaning);
    }

    /** All there are, by name. */
    static List<ProblemType> all() {
        return ALL;
    }
}
