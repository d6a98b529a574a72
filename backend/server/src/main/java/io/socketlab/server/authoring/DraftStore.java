package io.socketlab.server.authoring;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Drafts and their files in the database. */
@Repository
class DraftStore {

    private final JdbcClient jdbc;

    DraftStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void add(Draft draft, LabFolder folder) {
        jdbc.sql(
                        """
                        insert into lab_draft (id, account_id, lab_id, version, created_at, updated_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        draft.id(),
                        draft.accountId(),
                        draft.labId(),
                        draft.version(),
                        time(draft.created()),
                        time(draft.updated()))
                .update();
        for (String path : folder.paths()) {
            insert(draft.id(), path, draft.version(), folder.octets(path).orElseThrow());
        }
    }

    Optional<Draft> find(UUID id) {
        return jdbc.sql("select * from lab_draft where id = ?")
                .param(id)
                .query(DraftStore::draft)
                .optional();
    }

    /** An account's drafts, the last changed first. */
    List<Draft> of(UUID account) {
        return jdbc.sql("select * from lab_draft where account_id = ? order by updated_at desc, id")
                .param(account)
                .query(DraftStore::draft)
                .list();
    }

    /** A draft's files, by path. */
    List<DraftFile> files(UUID draft) {
        return jdbc.sql("select * from lab_draft_file where draft_id = ? order by path")
                .param(draft)
                .query((row, _) -> file(row))
                .list();
    }

    Optional<DraftFile> file(UUID draft, String path) {
        return jdbc.sql("select * from lab_draft_file where draft_id = ? and path = ?")
                .params(draft, path)
                .query((row, _) -> file(row))
                .optional();
    }

    LabFolder folder(UUID draft) {
        Map<String, byte[]> files = new TreeMap<>();
        jdbc.sql("select path, content from lab_draft_file where draft_id = ?")
                .param(draft)
                .query(row -> {
                    files.put(row.getString("path"), row.getBytes("content"));
                });
        return LabFolder.of(files);
    }

    /**
     * Takes the next version of a draft, which nobody else gets; what is changed with it belongs
     * into the same transaction.
     */
    int nextVersion(UUID draft, Instant now) {
        jdbc.sql("update lab_draft set version = version + 1, updated_at = ? where id = ?")
                .params(time(now), draft)
                .update();
        return jdbc.sql("select version from lab_draft where id = ?")
                .param(draft)
                .query(Integer.class)
                .single();
    }

    /**
     * Writes a file.
     *
     * @param base the version of the file that was changed; 0 to make one
     * @return false if the file has another version by now: then nothing has changed
     */
    boolean write(UUID draft, String path, int base, int version, byte[] content) {
        if (base == 0) {
            if (file(draft, path).isPresent()) return false;
            insert(draft, path, version, content);
            return true;
        }
        return jdbc.sql(
                                """
                                update lab_draft_file set version = ?, content = ?
                                where draft_id = ? and path = ? and version = ?
                                """)
                        .params(version, content, draft, path, base)
                        .update()
                == 1;
    }

    private void insert(UUID draft, String path, int version, byte[] content) {
        jdbc.sql(
                        "insert into lab_draft_file (draft_id, path, version, content) values (?, ?, ?, ?)")
                .params(draft, path, version, content)
                .update();
    }

    /** Removes a file, if it still has this version; answers whether it had. */
    boolean remove(UUID draft, String path, int base) {
        return jdbc.sql(
                                "delete from lab_draft_file where draft_id = ? and path = ? and version = ?")
                        .params(draft, path, base)
                        .update()
                == 1;
    }

    void rename(UUID draft, String labId) {
        jdbc.sql("update lab_draft set lab_id = ? where id = ?").params(labId, draft).update();
    }

    void remove(UUID draft) {
        jdbc.sql("delete from lab_draft where id = ?").param(draft).update();
    }

    private static Draft draft(ResultSet row, int n) throws SQLException {
        return new Draft(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("lab_id"),
                row.getInt("version"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static DraftFile file(ResultSet row) throws SQLException {
        return DraftFile.of(row.getString("path"), row.getInt("version"), row.getBytes("content"));
    }
}
