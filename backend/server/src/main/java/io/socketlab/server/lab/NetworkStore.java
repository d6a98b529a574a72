package io.socketlab.server.lab;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The networks to play on, in the database. */
@Repository
class NetworkStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    NetworkStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps a network for good; answers its id. */
    String keep(PlayNetwork network) {
        String id = network.id();
        if (find(id).isPresent()) return id;
        try {
            jdbc.sql("insert into network (id, settings, created_at) values (?, ?, ?)")
                    .params(id, network.text(), clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException e) {
            // the same settings, at the same moment
        }
        return id;
    }

    Optional<PlayNetwork> find(String id) {
        return jdbc.sql("select settings from network where id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .map(PlayNetwork::parse);
    }
}
