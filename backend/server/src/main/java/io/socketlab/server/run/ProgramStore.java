package io.socketlab.server.run;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import io.socketlab.lab.grade.ResultDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** C programs in the database, each its owner's. */
@Repository
class ProgramStore {

    private final JdbcClient jdbc;

    ProgramStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param name with the beginning of its SHA-256
     * @param source what it was compiled of
     * @param compiledBy the compiler of this server that made it; empty if it was brought compiled
     */
    record Program(String name, String source, Instant created, Optional<String> compiledBy) {}

    /** Adds a program; if it is there already, says of it that this server has made the same. */
    void add(UUID account, Program program, byte[] wasm) {
        try {
            jdbc.sql(
                            "insert into program (account_id, name, source, wasm, created_at, compiled_by) values (?, ?, ?, ?, ?, ?)")
                    .params(
                            account,
                            program.name(),
                            program.source(),
                            wasm,
                            time(program.created()))
                    .param(program.compiledBy().orElse(null))
                    .update();
        } catch (DuplicateKeyException e) {
            // the same program, for its name says what it consists of
            program.compiledBy().ifPresent(by -> compiledHere(account, program, by));
        }
    }

    /** Its source is then that of which it was made, and not what somebody said. */
    private void compiledHere(UUID account, Program program, String by) {
        jdbc.sql("update program set compiled_by = ?, source = ? where account_id = ? and name = ?")
                .params(by, program.source(), account, program.name())
                .update();
    }

    /**
     * The programs of an account that lines of its run start, for a result: each once, in the order
     * in which they are started. A lab's own are not among them.
     */
    List<ResultDocument.GradedProgram> started(UUID account, List<String> lines) {
        List<ResultDocument.GradedProgram> started = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (!words[0].equals("exec") || words.length < 3) continue;
            jdbc.sql("select compiled_by from program where account_id = ? and name = ?")
                    .params(account, words[2])
                    .query((row, _) -> Optional.ofNullable(row.getString(1)).orElse(""))
                    .optional()
                    .map(by ->
                            ResultDocument.GradedProgram.of(
                                    words[1], words[2].replaceFirst("@.*", ""), by))
                    .ifPresent(started::add);
        }
        return started.stream().distinct().toList();
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
                        "select name, source, created_at, compiled_by from program where account_id = ? order by created_at desc, name limit ?")
                .params(account, most)
                .query((row, _) ->
                        new Program(
                                row.getString("name"),
                                row.getString("source"),
                                instant(row, "created_at"),
                                Optional.ofNullable(row.getString("compiled_by"))))
                .list();
    }

    int count(UUID account) {
        return jdbc.sql("select count(*) from program where account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }
}
