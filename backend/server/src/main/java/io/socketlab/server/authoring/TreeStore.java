package io.socketlab.server.authoring;

import io.socketlab.server.web.DatabaseTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Folders that never change, by their hash. */
@Repository
class TreeStore {

    private final JdbcClient jdbc;

    TreeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps a folder, unless it is there already; answers its hash.
     *
     * @throws org.springframework.dao.DuplicateKeyException if it was kept at the same moment
     */
    @Transactional
    String keep(LabFolder folder, Instant now) {
        String hash = folder.hash();
        if (isThere(hash)) return hash;
        jdbc.sql("insert into lab_tree (hash, created_at) values (?, ?)")
                .params(hash, DatabaseTime.time(now))
                .update();
        for (String path : folder.paths()) {
            jdbc.sql("insert into lab_tree_file (tree, path, content) values (?, ?, ?)")
                    .params(hash, path, folder.octets(path).orElseThrow())
                    .update();
        }
        return hash;
    }

    private boolean isThere(String hash) {
        return jdbc.sql("select count(*) from lab_tree where hash = ?")
                        .param(hash)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    Optional<LabFolder> find(String hash) {
        if (!isThere(hash)) return Optional.empty();
        Map<String, byte[]> files = new TreeMap<>();
        jdbc.sql("select path, content from lab_tree_file where tree = ?")
                .param(hash)
                .query(row -> {
                    files.put(row.getString("path"), row.getBytes("content"));
                });
        return Optional.of(LabFolder.of(files));
    }
}
