package io.socketlab.server.account;

import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Making accounts and recognising their owners. */
@Service
public class AccountService {

    private final AccountStore accounts;
    private final PasswordEncoder passwords;
    private final Clock clock;
    private final String nobodysHash;

    AccountService(AccountStore accounts, PasswordEncoder passwords, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.clock = clock;
        this.nobodysHash = passwords.encode("nobody's password");
    }

    /** That login belongs to somebody already. */
    static final class LoginTakenException extends RuntimeException {
        LoginTakenException(Throwable cause) {
            super(cause);
        }
    }

    SignedIn signUp(SignUp form) {
        var account =
                new Account(
                        UUID.randomUUID(),
                        Optional.of(normal(form.login())),
                        form.name().strip(),
                        Optional.of(passwords.encode(form.password())),
                        false,
                        DatabaseTime.now(clock));
        try {
            accounts.add(account);
        } catch (DuplicateKeyException e) {
            throw new LoginTakenException(e);
        }
        return account.signedIn();
    }

    /** An account for somebody who has given us nothing. */
    SignedIn guest() {
        var account =
                new Account(
                        UUID.randomUUID(),
                        Optional.empty(),
                        "Guest",
                        Optional.empty(),
                        true,
                        DatabaseTime.now(clock));
        accounts.add(account);
        return account.signedIn();
    }

    /** A guest becomes somebody, and keeps all he has done. */
    SignedIn keep(SignedIn guest, SignUp form) {
        try {
            accounts.keep(
                    guest.id(),
                    normal(form.login()),
                    form.name().strip(),
                    passwords.encode(form.password()));
        } catch (DuplicateKeyException e) {
            throw new LoginTakenException(e);
        }
        return accounts.find(guest.id()).orElseThrow().signedIn();
    }

    /** Whose login and password these are. Takes as long for a login that there is not. */
    public Optional<SignedIn> recognise(String login, String password) {
        Optional<Account> account = accounts.findByLogin(normal(login));
        String hash = account.flatMap(Account::passwordHash).orElse(nobodysHash);
        boolean right = passwords.matches(password, hash);
        return right ? account.map(Account::signedIn) : Optional.empty();
    }

    Optional<SignedIn> find(UUID id) {
        return accounts.find(id).map(Account::signedIn);
    }

    /** What somebody signs in with, in lower case; a guest has none. */
    public Optional<String> login(UUID id) {
        return accounts.find(id).flatMap(Account::login);
    }

    private static String normal(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }
}
