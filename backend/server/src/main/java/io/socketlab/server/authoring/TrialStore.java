package io.socketlab.server.authoring;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Trials in the database. */
@Repository
class TrialStore {

    private final JdbcClient jdbc;

    TrialStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @throws org.springframework.dao.DuplicateKeyException if it is there already
     */
    void add(Trial trial) {
        jdbc.sql(
                        "insert into lab_trial (id, draft_id, lab_id, tree, created_at) values (?, ?, ?, ?, ?)")
                .params(
                        trial.id(),
                        trial.draft(),
                        trial.labId(),
                        trial.tree(),
                        time(trial.created()))
                .update();
    }

    Optional<Trial> find(String id) {
        return jdbc.sql("select * from lab_trial where id = ?")
                .param(id)
                .query(TrialStore::trial)
                .optional();
    }

    /** The ids of a draft's trials. */
    Set<String> idsOf(UUID draft) {
        return Set.copyOf(
                jdbc.sql("select id from lab_trial where draft_id = ?")
                        .param(draft)
                        .query((row, _) -> row.getString(1))
                        .list());
    }

    /** Whose draft it is of; empty if there is none. */
    Optional<UUID> owner(String id) {
        return jdbc.sql(
                        """
                        select d.account_id from lab_trial t join lab_draft d on d.id = t.draft_id
                        where t.id = ?
                        """)
                .param(id)
                .query((row, _) -> row.getObject(1, UUID.class))
                .optional();
    }

    private static Trial trial(ResultSet row, int n) throws SQLException {
        return new Trial(
                row.getString("id"),
                row.getObject("draft_id", UUID.class),
                row.getString("lab_id"),
                row.getString("tree"),
                instant(row, "created_at"));
    }
}
