package io.socketlab.server.classroom;

import static io.socketlab.server.web.DatabaseTime.ifThere;
import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import io.socketlab.server.course.Course;
import io.socketlab.server.course.Seat;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.RunQuestions;
import io.socketlab.server.web.Cursor;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What students ask about events of their runs, and what staff answers. */
@Service
class Questions implements RunQuestions {

    private static final int LONGEST_QUESTION = 2000;
    private static final int LONGEST_ANSWER = 4000;
    private static final int MOST_OPEN = 20;

    private static final String SELECT =
            """
            select q.*, r.assignment_id, a.title, coalesce(m.name, x.display_name) as whose from question q
            join run r on r.id = q.run_id join assignment a on a.id = r.assignment_id
            join account x on x.id = r.account_id
            left join course_member m on m.course_id = a.course_id and m.account_id = r.account_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Questions(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Asks about an event.
     *
     * @param lastSeq the number of the run's last event
     * @param seq the event's, 0 for the run as a whole
     * @return what was asked
     * @throws ProblemException if the run is for no course, or too many wait for an answer
     */
    Question ask(Run run, int lastSeq, int seq, String text) {
        if (run.assignment().isEmpty()) {
            throw problem(
                    HttpStatus.CONFLICT,
                    "no-course",
                    "This run is for no course: there is nobody to ask.");
        }
        String asked = words(text, LONGEST_QUESTION);
        if (seq < 0 || seq > lastSeq)
            throw problem(
                    HttpStatus.BAD_REQUEST,
                    "invalid-parameter",
                    "Parameter 'event': expected the number of an event of the run.");
        int open =
                jdbc.sql(
                                """
                                select count(*) from question q join run r on r.id = q.run_id
                                where r.account_id = ? and q.answer is null and q.closed_at is null
                                """)
                        .param(run.accountId())
                        .query(Integer.class)
                        .single();
        if (open >= MOST_OPEN) {
            throw problem(
                    HttpStatus.CONFLICT,
                    "too-many-questions",
                    "%d of your questions wait for an answer. Ask again when some have one."
                            .formatted(MOST_OPEN));
        }
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into question (id, run_id, seq, text, created_at) values (?, ?, ?, ?, ?)")
                .params(id, run.id(), seq, asked, now())
                .update();
        events.publishEvent(new Changed(run.id()));
        return find("where q.id = ?", id);
    }

    private Question find(String where, Object... values) {
        return jdbc.sql(SELECT + where)
                .params(values)
                .query(Questions::question)
                .optional()
                .orElseThrow(() -> new IllegalStateException("the question has just been there"));
    }

    private OffsetDateTime now() {
        return time(DatabaseTime.now(clock));
    }

    private static String words(String text, int most) {
        String words = text.strip();
        boolean fits = !words.isEmpty() && words.length() <= most;
        if (fits && words.indexOf('\0') < 0) return words;
        throw problem(
                HttpStatus.BAD_REQUEST,
                "invalid-parameter",
                "Parameter 'text': expected 1 to %d characters and no NUL, found %d."
                        .formatted(most, words.length()));
    }

    private static ProblemException problem(HttpStatus status, String type, String detail) {
        return new ProblemException(status, type, "Not asked", detail);
    }

    /** A course's: those that are open first, then the last answered. */
    List<Question> of(Course course) {
        return jdbc.sql(
                        SELECT
                                + """
                                where a.course_id = ?
                                order by case when q.answer is null and q.closed_at is null then 0 else 1 end, q.created_at desc, q.id
                                limit 500
                                """)
                .param(course.id())
                .query(Questions::question)
                .list();
    }

    /**
     * Those of a course before a point in their list, the last asked first.
     *
     * @param state in which they are; empty for any
     */
    List<Question> before(Course course, Optional<Question.State> state, Cursor place, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                                where a.course_id = ? and (q.created_at < ? or q.created_at = ? and q.id < ?)
                                """
                                + state.map(Questions::condition).orElse("")
                                + " order by q.created_at desc, q.id desc limit ?")
                .params(course.id(), time(place.time()), time(place.time()), place.id(), limit)
                .query(Questions::question)
                .list();
    }

    private static String condition(Question.State state) {
        return switch (state) {
            case OPEN -> "and q.answer is null and q.closed_at is null";
            case ANSWERED -> "and q.answer is not null";
            case CLOSED -> "and q.answer is null and q.closed_at is not null";
        };
    }

    /** Those of one run, the first first. */
    List<Question> of(Run run) {
        return jdbc.sql(SELECT + "where q.run_id = ? order by q.created_at, q.id")
                .param(run.id())
                .query(Questions::question)
                .list();
    }

    /**
     * One of a course's.
     *
     * @throws ProblemException if there is none of this id
     */
    Question one(Course course, String id) {
        return jdbc.sql(SELECT + "where a.course_id = ? and cast(q.id as varchar(40)) = ?")
                .params(course.id(), id)
                .query(Questions::question)
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-question",
                                "Unknown question",
                                "The course has no question " + id + "."));
    }

    /**
     * Answers one of a course's, or says something else than before.
     *
     * @throws ProblemException if there is none of this id, or the answer is none
     */
    Question answer(Seat seat, String id, String text) {
        Question question = one(seat.course(), id);
        String answer = words(text, LONGEST_ANSWER);
        jdbc.sql(
                        """
                        update question set answer = ?, answered_by = ?, answered_at = ?, answer_seen_at = null
                        where id = ?
                        """)
                .param(answer)
                .param(seat.member().account().orElse(null))
                .params(now(), question.id())
                .update();
        events.publishEvent(new Changed(question.run()));
        return one(seat.course(), id);
    }

    /**
     * Says that one needs no answer any more; one that has an answer or is closed stays as it is.
     *
     * @throws ProblemException if there is none of this id
     */
    Question close(Seat seat, String id) {
        Question question = one(seat.course(), id);
        jdbc.sql(
                        "update question set closed_at = ? where id = ? and answer is null and closed_at is null")
                .params(now(), question.id())
                .update();
        return one(seat.course(), id);
    }

    @Override
    public List<Asked> about(Run run) {
        return of(run).stream().map(Question::asked).toList();
    }

    /** How many of a course's wait for an answer. */
    int open(Course course) {
        return jdbc.sql(
                        """
                        select count(*) from question q join run r on r.id = q.run_id
                        join assignment a on a.id = r.assignment_id where a.course_id = ? and q.answer is null and q.closed_at is null
                        """)
                .param(course.id())
                .query(Integer.class)
                .single();
    }

    /**
     * A student's in a course that have an answer which he has not seen, the last answered first.
     */
    List<Question> unseen(Course course, UUID student) {
        return jdbc.sql(
                        SELECT
                                + """
                                where a.course_id = ? and r.account_id = ? and q.answer is not null
                                and q.answer_seen_at is null order by q.answered_at desc, q.id limit 20
                                """)
                .params(course.id(), student)
                .query(Questions::question)
                .list();
    }

    /** The student has seen the answers about his run. */
    void see(Run run) {
        int seen =
                jdbc.sql(
                                """
                                update question set answer_seen_at = ?
                                where run_id = ? and answer is not null and answer_seen_at is null
                                """)
                        .params(now(), run.id())
                        .update();
        if (seen > 0) events.publishEvent(new Changed(run.id()));
    }

    private static Question question(ResultSet row, int n) throws SQLException {
        return new Question(
                row.getObject("id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getObject("assignment_id", UUID.class),
                row.getInt("seq"),
                row.getString("whose"),
                row.getString("title"),
                row.getString("text"),
                instant(row, "created_at"),
                Optional.ofNullable(row.getString("answer")),
                ifThere(row, "answered_at"),
                ifThere(row, "closed_at"),
                row.getString("answer") != null && row.getObject("answer_seen_at") == null);
    }
}
