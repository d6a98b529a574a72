package io.socketlab.server.grading;

import static io.socketlab.server.web.DatabaseTime.time;

import io.socketlab.server.web.Cursor;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Jobs of an account as lists. */
@Repository
class JobLists {

    private final JdbcClient jdbc;

    JobLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of a batch, in the order in which they were handed in. */
    List<Job> ofBatch(UUID account, UUID batch) {
        return jdbc.sql(
                        "select * from grading_job where account_id = ? and batch_id = ? order by queued_at, id")
                .params(account, batch)
                .query(JobStore::job)
                .list();
    }

    /** Jobs of an account before a point in its list, the last handed in first. */
    List<Job> before(UUID account, Cursor place, int limit) {
        return jdbc.sql(
                        """
                        select * from grading_job
                        where account_id = ? and (queued_at < ? or queued_at = ? and id < ?)
                        order by queued_at desc, id desc limit ?
                        """)
                .params(account, time(place.time()), time(place.time()), place.id(), limit)
                .query(JobStore::job)
                .list();
    }

    /** The same of those that were handed in for one of some assignments. */
    List<Job> before(UUID account, Set<UUID> assignments, Cursor place, int limit) {
        if (assignments.isEmpty()) return List.of();
        return jdbc.sql(
                        """
                        select * from grading_job
                        where account_id = :account
                        and run_id in (select id from run where assignment_id in (:assignments))
                        and (queued_at < :queued or queued_at = :queued and id < :id)
                        order by queued_at desc, id desc limit :limit
                        """)
                .param("account", account)
                .param("assignments", assignments)
                .param("queued", time(place.time()))
                .param("id", place.id())
                .param("limit", limit)
                .query(JobStore::job)
                .list();
    }
}
