package io.socketlab.server.account;

import io.socketlab.server.web.DatabaseTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens by which programs act for their owner: {@code slt_} and 32 random octets in base64url. */
@Service
public class TokenService {

    static final String PREFIX = "slt_";
    private static final int OCTETS = 32;

    /** How often {@code last_used_at} is written at most. */
    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TokenService(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a token is to be good for.
     *
     * @param course the one that it is bound to; empty for all of its owner's
     * @param validity from now on
     */
    record Grant(Set<Scope> scopes, Optional<UUID> course, Duration validity) {
        Grant {
            scopes = Set.copyOf(scopes);
        }
    }

    /** Makes a token; the answer is the only time that it is seen. */
    String create(SignedIn owner, String name, Grant grant) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        insert into api_token (id, account_id, name, hash, scopes, course_id, created_at, expires_at)
                        values (:id, :account, :name, :hash, :scopes, :course, :created, :expires)
                        """)
                .param("id", UUID.randomUUID())
                .param("account", owner.id())
                .param("name", name)
                .param("hash", hash(token))
                .param("scopes", Scope.write(grant.scopes()))
                .param("course", grant.course().orElse(null))
                .param("created", DatabaseTime.time(now))
                .param("expires", DatabaseTime.time(now.plus(grant.validity())))
                .update();
        return token;
    }

    List<ApiToken> of(SignedIn owner) {
        return jdbc.sql("select * from api_token where account_id = :account order by created_at")
                .param("account", owner.id())
                .query(TokenService::read)
                .list();
    }

    /** Answers whether there was such a token of this owner. */
    boolean revoke(SignedIn owner, UUID id) {
        return jdbc.sql("delete from api_token where id = :id and account_id = :account")
                        .param("id", id)
                        .param("account", owner.id())
                        .update()
                == 1;
    }

    /**
     * Who acts by a token.
     *
     * @param scopes what the token is good for
     * @param expires when it ends, or has ended
     */
    public record Bearer(SignedIn who, Set<Scope> scopes, Instant expires) {
        public Bearer {
            scopes = Set.copyOf(scopes);
        }

        public boolean isExpired(Instant now) {
            return !expires.isAfter(now);
        }
    }

    /**
     * Whose token this is; empty if it is nobody's. One that has expired is known for a while, so
     * that whoever has it can be told so.
     */
    @Transactional
    public Optional<Bearer> recognise(String token) {
        if (!token.startsWith(PREFIX)) return Optional.empty();
        Instant now = clock.instant();
        Optional<Owner> owner =
                jdbc.sql(
                                """
                                select t.id as token_id, t.last_used_at, t.scopes, t.course_id, t.expires_at,
                                    a.id, a.display_name, a.guest
                                from api_token t join account a on a.id = t.account_id
                                where t.hash = :hash
                                """)
                        .param("hash", hash(token))
                        .query(Owner::read)
                        .optional();
        owner.filter(o -> o.isDue(now)).ifPresent(o -> used(o.token, now));
        return owner.map(Owner::bearer);
    }

    private record Owner(UUID token, Optional<Instant> lastUsed, Bearer bearer) {

        static Owner read(ResultSet row, int n) throws SQLException {
            return new Owner(
                    row.getObject("token_id", UUID.class),
                    DatabaseTime.ifThere(row, "last_used_at"),
                    new Bearer(
                            new SignedIn(
                                    row.getObject("id", UUID.class),
                                    row.getString("display_name"),
                                    row.getBoolean("guest"),
                                    row.getObject("course_id", UUID.class)),
                            Scope.parse(row.getString("scopes")),
                            DatabaseTime.instant(row, "expires_at")));
        }

        boolean isDue(Instant now) {
            if (bearer.isExpired(now)) return false;
            return lastUsed.isEmpty() || lastUsed.get().plus(USE_RESOLUTION).isBefore(now);
        }
    }

    private void used(UUID token, Instant now) {
        jdbc.sql("update api_token set last_used_at = :now where id = :id")
                .param("now", DatabaseTime.time(now))
                .param("id", token)
                .update();
    }

    private static ApiToken read(ResultSet row, int n) throws SQLException {
        return new ApiToken(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("name"),
                row.getString("scopes"),
                Optional.ofNullable(row.getObject("course_id", UUID.class)),
                DatabaseTime.instant(row, "created_at"),
                DatabaseTime.instant(row, "expires_at"),
                DatabaseTime.ifThere(row, "last_used_at"));
    }

    private static String hash(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
