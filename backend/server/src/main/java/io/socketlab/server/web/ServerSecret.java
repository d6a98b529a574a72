package io.socketlab.server.web;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Secrets of this server, made when first asked for and kept in the database. */
@Repository
public class ServerSecret {

    private static final int OCTETS = 32;

    private final JdbcClient jdbc;

    public ServerSecret(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The secret of this name, 32 octets. */
    public byte[] named(String name) {
        return find(name).orElseGet(() -> make(name));
    }

    private byte[] make(String name) {
        byte[] secret = new byte[OCTETS];
        new SecureRandom().nextBytes(secret);
        try {
            jdbc.sql("insert into server_secret (name, secret, created_at) values (?, ?, ?)")
                    .params(
                            name,
                            HexFormat.of().formatHex(secret),
                            DatabaseTime.time(Instant.now()))
                    .update();
        } catch (DuplicateKeyException e) {
            // somebody else was first: theirs holds
        }
        return find(name).orElseThrow();
    }

    private Optional<byte[]> find(String name) {
        return jdbc.sql("select secret from server_secret where name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .map(HexFormat.of()::parseHex);
    }
}
