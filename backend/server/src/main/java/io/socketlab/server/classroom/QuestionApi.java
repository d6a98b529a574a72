package io.socketlab.server.classroom;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import io.socketlab.server.web.Cursor;
import io.socketlab.server.web.ETags;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What students ask, and what staff answers, for programs. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Courses")
class QuestionApi {

    private final Courses courses;
    private final Questions questions;
    private final Runs runs;
    private final ETags tags;

    QuestionApi(Courses courses, Questions questions, Runs runs, ETags tags) {
        this.courses = courses;
        this.questions = questions;
        this.runs = runs;
        this.tags = tags;
    }

    /**
     * @param event of the run that it is about; 0 for the run as a whole
     * @param name who asks
     * @param path of the moment on the bench
     */
    @Schema(name = "Question")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record QuestionView(
            UUID id,
            UUID run,
            UUID assignment,
            int event,
            String name,
            String text,
            Instant asked,
            @Schema(allowableValues = {"open", "answered", "closed"}) String state,
            Optional<String> answer,
            Optional<Instant> answered,
            Optional<Instant> closed,
            String path) {

        static QuestionView of(Question q) {
            return new QuestionView(
                    q.id(),
                    q.run(),
                    q.assignment(),
                    q.seq(),
                    q.whose(),
                    q.text(),
                    q.created(),
                    q.state().word(),
                    q.answer(),
                    q.answered(),
                    q.closed(),
                    q.path());
        }
    }

    @Schema(name = "QuestionPage")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record QuestionPage(List<QuestionView> items, Optional<String> next) {}

    @Schema(name = "AnswerRequest")
    record AnswerRequest(
            @Schema(example = "The first three descriptors are taken.")
                    @NotNull(message = "expected the answer")
                    String text) {}

    @Schema(name = "QuestionRequest")
    record QuestionRequest(
            @Schema(example = "0", description = "0 for the run as a whole") int event,
            @Schema(example = "Why is this 3?") @NotNull(message = "expected the question")
                    String text) {}

    @GetMapping(path = "/courses/{course}/questions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listQuestions",
            summary = "What students have asked, the last first; for staff")
    ResponseEntity<QuestionPage> all(
            @PathVariable String course,
            @Parameter(description = "open, answered or closed; all if it is left out")
                    @RequestParam(required = false)
                    @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        Optional<Question.State> wanted = Optional.ofNullable(state).map(QuestionApi::state);
        Cursor.Page<Question> page =
                Cursor.page(
                        cursor,
                        limit,
                        (place, most) -> questions.before(seat.course(), wanted, place, most),
                        q -> new Cursor(q.created(), q.id()));
        return tags.tagged(
                new QuestionPage(
                        page.items().stream().map(QuestionView::of).toList(), page.next()));
    }

    private static Question.State state(String word) {
        return Question.State.named(word)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.BAD_REQUEST,
                                "invalid-parameter",
                                "Invalid parameter",
                                "Parameter 'state': expected open, answered or closed, found '%s'."
                                        .formatted(word)));
    }

    @GetMapping(
            path = "/courses/{course}/questions/{question}",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getQuestion", summary = "A question; for staff")
    ResponseEntity<QuestionView> one(
            @PathVariable String course,
            @PathVariable String question,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        return tags.tagged(QuestionView.of(questions.one(seat.course(), question)));
    }

    @PutMapping(
            path = "/courses/{course}/questions/{question}/answer",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "answerQuestion",
            summary = "Answers a question, or answers it anew; whoever asked reads it")
    QuestionView answer(
            @PathVariable String course,
            @PathVariable String question,
            @Valid @RequestBody AnswerRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        return QuestionView.of(questions.answer(seat, question, body.text()));
    }

    @PostMapping(
            path = "/courses/{course}/questions/{question}/close",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "closeQuestion",
            summary = "Closes a question that needs no answer any more",
            description = "One that has an answer stays as it is.")
    QuestionView close(
            @PathVariable String course,
            @PathVariable String question,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        return QuestionView.of(questions.close(seat, question));
    }

    @GetMapping(path = "/runs/{id}/questions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listRunQuestions",
            summary = "What one has asked about a run of one's own, the first first")
    ResponseEntity<List<QuestionView>> ofRun(
            @PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        return tags.tagged(questions.of(runs.mine(me, id)).stream().map(QuestionView::of).toList());
    }

    @PostMapping(
            path = "/runs/{id}/questions",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "Asked")
    @Operation(
            operationId = "askQuestion",
            summary = "Asks the staff of the course that a run is for about an event of it")
    QuestionView ask(
            @PathVariable String id,
            @Valid @RequestBody QuestionRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Run mine = runs.mine(me, id);
        return QuestionView.of(
                questions.ask(mine, runs.lastEvent(mine), body.event(), body.text()));
    }
}
