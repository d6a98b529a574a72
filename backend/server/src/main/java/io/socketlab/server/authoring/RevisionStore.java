package io.socketlab.server.authoring;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Published revisions in the database. None is ever changed. */
@Repository
class RevisionStore {

    private static final String COLUMNS =
            "lab_id, number, tree, report, published_by, published_at";

    private final JdbcClient jdbc;

    RevisionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The id that a draft has been published as. */
    Optional<String> publishedAs(UUID draft) {
        return jdbc.sql("select lab_id from lab_published where draft_id = ?")
                .param(draft)
                .query(String.class)
                .optional();
    }

    /** Whose lab it is; empty if nobody's of that id was published, or he is gone. */
    Optional<UUID> owner(String labId) {
        return jdbc.sql("select account_id from lab_published where lab_id = ?")
                .param(labId)
                .query((row, _) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .optional()
                .flatMap(owner -> owner);
    }

    boolean isTaken(String labId) {
        return jdbc.sql("select count(*) from lab_published where lab_id = ?")
                        .param(labId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Takes an id for good.
     *
     * @throws org.springframework.dao.DuplicateKeyException if it is taken
     */
    void take(String labId, Draft draft) {
        jdbc.sql("insert into lab_published (lab_id, draft_id, account_id) values (?, ?, ?)")
                .params(labId, draft.id(), draft.accountId())
                .update();
    }

    /**
     * @throws org.springframework.dao.DuplicateKeyException if there is this number
     */
    void add(LabRevision revision) {
        jdbc.sql("insert into lab_revision (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?)")
                .params(revision.labId(), revision.number(), revision.tree(), revision.report())
                .param(revision.by().orElse(null))
                .param(time(revision.at()))
                .update();
    }

    /** The last first. */
    List<LabRevision> of(String labId) {
        return jdbc.sql("select * from lab_revision where lab_id = ? order by number desc")
                .param(labId)
                .query(RevisionStore::revision)
                .list();
    }

    Optional<LabRevision> last(String labId) {
        return of(labId).stream().findFirst();
    }

    Optional<LabRevision> find(String labId, int number) {
        return jdbc.sql("select * from lab_revision where lab_id = ? and number = ?")
                .params(labId, number)
                .query(RevisionStore::revision)
                .optional();
    }

    /** The ids of the labs that an account has published, in alphabetical order. */
    List<String> idsOf(UUID account) {
        return jdbc.sql("select lab_id from lab_published where account_id = ? order by lab_id")
                .param(account)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static LabRevision revision(ResultSet row, int n) throws SQLException {
        return new LabRevision(
                row.getString("lab_id"),
                row.getInt("number"),
                row.getString("tree"),
                row.getString("report"),
                Optional.ofNullable(row.getObject("published_by", UUID.class)),
                instant(row, "published_at"));
    }
}
