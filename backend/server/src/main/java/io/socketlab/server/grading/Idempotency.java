package io.socketlab.server.grading;

import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What was made under which {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header):
 * the same request under the same key makes nothing more.
 */
@Repository
class Idempotency {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LONGEST = 255;

    private final JdbcClient jdbc;

    Idempotency(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A key with the request that came with it.
     *
     * @param fingerprint of the request, SHA-256 in hexadecimal
     */
    record Key(String name, String fingerprint) {

        /**
         * @param request all that matters of the request
         * @throws ProblemException if it cannot be a key
         */
        static Key of(String name, String request) {
            boolean printable = name.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (name.isEmpty() || name.length() > LONGEST || !printable) {
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "invalid-idempotency-key",
                        "Invalid idempotency key",
                        "Idempotency-Key: expected 1 to 255 printable characters of ASCII, without spaces.");
            }
            return new Key(name, sha256(request));
        }

        private static String sha256(String text) {
            try {
                byte[] octets = text.getBytes(StandardCharsets.UTF_8);
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    private record Made(UUID id, String fingerprint) {}

    /**
     * What was made under a key.
     *
     * @throws ProblemException if another request was
     */
    Optional<UUID> made(UUID account, Key key) {
        Optional<Made> made =
                jdbc.sql(
                                "select made_id, fingerprint from idempotency_key where account_id = ? and name = ?")
                        .params(account, key.name())
                        .query((row, _) ->
                                new Made(
                                        row.getObject("made_id", UUID.class),
                                        row.getString("fingerprint")))
                        .optional();
        if (made.isPresent() && !made.get().fingerprint().equals(key.fingerprint())) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "Idempotency key reused",
                    "Another request came under this Idempotency-Key. Each request needs a key of its own.");
        }
        return made.map(Made::id);
    }

    /**
     * Remembers what is made, in the transaction that makes it.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the key has been used meanwhile
     */
    void remember(UUID account, Key key, UUID made, Instant now) {
        jdbc.sql(
                        """
                        insert into idempotency_key (account_id, name, fingerprint, made_id, created_at)
                        values (?, ?, ?, ?, ?)
                        """)
                .params(account, key.name(), key.fingerprint(), made, DatabaseTime.time(now))
                .update();
    }

    /** Forgets keys that are a day old. */
    void forget(Instant now) {
        jdbc.sql("delete from idempotency_key where created_at < ?")
                .param(DatabaseTime.time(now.minus(KEPT)))
                .update();
    }
}
