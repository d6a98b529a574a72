package io.socketlab.server.compile;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.Message;
import io.socketlab.server.web.DatabaseTime;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What sources were compiled to, in the database, so that servers share it and none forgets it. */
@Repository
class CompilationStore {

    /** Octets that are kept. */
    static final long MOST_OCTETS = 64L << 20;

    /** What a row takes besides. */
    private static final int ROW = 500;

    /** A use is not written down again within. */
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private static final TypeReference<List<Message>> MESSAGES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final long most;

    @Autowired
    CompilationStore(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this(jdbc, json, clock, MOST_OCTETS);
    }

    /**
     * @param most octets that are kept
     */
    CompilationStore(JdbcClient jdbc, JsonMapper json, Clock clock, long most) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.most = most;
    }

    private record Kept(Compilation compilation, Instant used) {}

    /** What came of it when it was compiled; empty if it was not, or that was long ago. */
    Optional<Compilation> find(String digest) {
        Optional<Kept> kept =
                jdbc.sql("select wasm, messages, used_at from compilation where digest = ?")
                        .param(digest)
                        .query(this::kept)
                        .optional();
        Instant now = DatabaseTime.now(clock);
        if (kept.isPresent() && kept.get().used().plus(AN_HOUR).isBefore(now)) {
            jdbc.sql("update compilation set used_at = ? where digest = ?")
                    .params(time(now), digest)
                    .update();
        }
        return kept.map(Kept::compilation);
    }

    private Kept kept(ResultSet row, int n) throws SQLException {
        byte @Nullable [] wasm = row.getBytes("wasm");
        List<Message> messages = json.readValue(row.getString("messages"), MESSAGES);
        return new Kept(
                wasm == null
                        ? new Compilation.Refused(messages)
                        : new Compilation.Made(wasm, messages),
                instant(row, "used_at"));
    }

    /** Keeps it, and lets go of what was not used for longest if there is too much. */
    void add(String digest, Compilation compilation) {
        byte @Nullable [] wasm = compilation instanceof Compilation.Made made ? made.wasm() : null;
        String messages = json.writeValueAsString(compilation.messages());
        int octets = messages.getBytes(StandardCharsets.UTF_8).length + ROW;
        if (wasm != null) octets += wasm.length;
        try {
            jdbc.sql(
                            "insert into compilation (digest, wasm, messages, octets, used_at) values (?, ?, ?, ?, ?)")
                    .param(digest)
                    .param(new SqlParameterValue(Types.VARBINARY, wasm))
                    .params(messages, octets, time(DatabaseTime.now(clock)))
                    .update();
        } catch (DuplicateKeyException e) {
            // another server has compiled the same
        }
        jdbc.sql(
                        """
                        delete from compilation where digest in (
                            select digest from (
                                select digest, sum(octets) over (order by used_at desc, digest) as up_to
                                from compilation) as newest
                            where up_to > ?)
                        """)
                .param(most)
                .update();
    }
}
