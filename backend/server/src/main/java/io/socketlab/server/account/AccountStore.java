package io.socketlab.server.account;

import io.socketlab.server.web.DatabaseTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code account}. */
@Repository
class AccountStore {

    private final JdbcClient jdbc;

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Throws {@code DuplicateKeyException} if the login is taken. */
    void add(Account account) {
        jdbc.sql(
                        """
                        insert into account (id, login, display_name, password_hash, guest, created_at)
                        values (:id, :login, :name, :hash, :guest, :created)
                        """)
                .param("id", account.id())
                .param("login", account.login().orElse(null))
                .param("name", account.displayName())
                .param("hash", account.passwordHash().orElse(null))
                .param("guest", account.guest())
                .param("created", DatabaseTime.time(account.createdAt()))
                .update();
    }

    Optional<Account> find(UUID id) {
        return jdbc.sql("select * from account where id = :id")
                .param("id", id)
                .query(AccountStore::read)
                .optional();
    }

    Optional<Account> findByLogin(String login) {
        return jdbc.sql("select * from account where login = :login")
                .param("login", login)
                .query(AccountStore::read)
                .optional();
    }

    /**
     * A guest takes a login and a password. Throws {@code DuplicateKeyException} if it is taken.
     */
    void keep(UUID guest, String login, String displayName, String passwordHash) {
        jdbc.sql(
                        """
                        update account
                        set login = :login, display_name = :name, password_hash = :hash, guest = false
                        where id = :id and guest
                        """)
                .param("id", guest)
                .param("login", login)
                .param("name", displayName)
                .param("hash", passwordHash)
                .update();
    }

    private static Account read(ResultSet row, int n) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getString("login")),
                row.getString("display_name"),
                Optional.ofNullable(row.getString("password_hash")),
                row.getBoolean("guest"),
                DatabaseTime.instant(row, "created_at"));
    }
}
