package io.socketlab.server.run;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Compiled programs in the database, each its owner's. */
@Repository
class ProgramStore {

    private final JdbcClient jdbc;

    ProgramStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param name with the beginning of its SHA-256
     * @param source what it was compiled of
     */
    record Program(String name, String source, Instant created) {}

    /** Adds a program, unless it is there already. */
    void add(UUID account, Program program, byte[] wasm) {
        try {
            jdbc.sql(
                            "insert into program (account_id, name, source, wasm, created_at) values (?, ?, ?, ?, ?)")
                    .params(
                            account,
                            program.name(),
                            program.source(),
                            wasm,
                            time(program.created()))
                    .update();
        } catch (DuplicateKeyException e) {
            // the same program, for its name says what it consists of
        }
    }

    Optional<byte[]> wasm(UUID account, String name) {
        return jdbc.sql("select wasm from program where account_id = ? and name = ?")
                .params(account, name)
                .query((row, _) -> row.getBytes("wasm"))
                .optional();
    }

    /** The newest first, as many as are asked for. */
    List<Program> of(UUID account, int most) {
        return jdbc.sql(
                        "select name, source, created_at from program where account_id = ? order by created_at desc, name limit ?")
                .params(account, most)
                .query((row, _) ->
                        new Program(
                                row.getString("name"),
                                row.getString("source"),
                                instant(row, "created_at")))
                .list();
    }

    int count(UUID account) {
        return jdbc.sql("select count(*) from program where account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }
}
