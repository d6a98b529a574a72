package io.socketlab.server.privacy;

import static io.socketlab.server.web.DatabaseTime.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes what has been kept for as long as was said. */
@Component
class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final JdbcClient jdbc;
    private final PersonalData data;
    private final RetentionProperties properties;
    private final Clock clock;

    Retention(JdbcClient jdbc, PersonalData data, RetentionProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.data = data;
        this.properties = properties;
        this.clock = clock;
    }

    /** Once a day, and the first time an hour after the server has begun. */
    @Scheduled(initialDelayString = "PT1H", fixedDelayString = "P1D")
    void sweep() {
        int runs = runs();
        int guests = guests();
        int trials = trials();
        int expired = expired();
        LOG.info(
                "kept long enough: {} runs, {} guests, {} rows of trials, {} tokens and links",
                runs,
                guests,
                trials,
                expired);
    }

    /** Runs of a course's assignments whose days are over; those of no course are their owner's. */
    int runs() {
        int gone = 0;
        for (UUID course :
                jdbc.sql("select id from course")
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .list()) {
            int days =
                    jdbc.sql("select retention_days from course where id = ?")
                            .param(course)
                            .query(Integer.class)
                            .optional()
                            .orElse(Integer.MAX_VALUE);
            gone +=
                    jdbc.sql(
                                    """
                                    delete from run where updated_at < ? and assignment_id in
                                        (select id from assignment where course_id = ?)
                                    """)
                            .params(time(before(Duration.ofDays(days))), course)
                            .update();
        }
        return gone;
    }

    private int guests() {
        Instant end = before(properties.guests());
        List<UUID> unused =
                jdbc.sql(
                                """
                                select a.id from account a where a.guest and a.created_at < ?
                                and not exists (select 1 from run r where r.account_id = a.id and r.updated_at >= ?)
                                """)
                        .params(time(end), time(end))
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .list();
        unused.forEach(data::delete);
        return unused.size();
    }

    /**
     * Benches on drafts, then the drafts as they were that nothing needs any more: no bench, no
     * proof that is under way, and of the files no revision.
     */
    int trials() {
        OffsetDateTime end = time(before(properties.trials()));
        int runs =
                jdbc.sql("delete from run where lab_id like 'draft:%' and updated_at < ?")
                        .param(end)
                        .update();
        int trials =
                jdbc.sql(
                                """
                                delete from lab_trial t where t.created_at < ?
                                and not exists (select 1 from run r where r.lab_id = t.id)
                                and not exists (select 1 from grading_job j where j.lab_id = t.id and j.finished_at is null)
                                """)
                        .param(end)
                        .update();
        int trees =
                jdbc.sql(
                                """
                                delete from lab_tree l where l.created_at < ?
                                and not exists (select 1 from lab_trial t where t.tree = l.hash)
                                and not exists (select 1 from lab_revision v where v.tree = l.hash)
                                """)
                        .param(end)
                        .update();
        return runs + trials + trees;
    }

    private int expired() {
        Instant end = before(properties.expired());
        return jdbc.sql("delete from api_token where expires_at < ?").param(time(end)).update()
                + jdbc.sql("delete from course_invitation where expires_at < ?")
                        .param(time(end))
                        .update();
    }

    private Instant before(Duration kept) {
        return clock.instant().minus(kept);
    }
}
