package io.socketlab.server.grading;

import io.socketlab.server.web.DatabaseTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Jobs that have come to their end, for whoever tells others of them. */
@Service
public class EndedJobs {

    private final JdbcClient jdbc;
    private final JobStore store;
    private final Jobs jobs;

    EndedJobs(JdbcClient jdbc, JobStore store, Jobs jobs) {
        this.jdbc = jdbc;
        this.store = store;
        this.jobs = jobs;
    }

    /** The jobs of an account that ended at a time or later, the first first. */
    public List<UUID> since(UUID account, Instant time, int limit) {
        return jdbc.sql(
                        """
                        select id from grading_job where account_id = ? and finished_at >= ?
                        order by finished_at, id limit ?
                        """)
                .params(account, DatabaseTime.time(time), limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** What programs are told of a job; empty if it is there no more. */
    public Optional<Map<String, Object>> told(UUID job) {
        return store.find(job).map(found -> Map.of("job", jobs.view(found)));
    }
}
