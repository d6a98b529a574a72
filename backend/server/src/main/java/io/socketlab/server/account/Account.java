package io.socketlab.server.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A person.
 *
 * @param login e-mail address or user name, in lower case; a guest has none
 */
record Account(
        UUID id,
        Optional<String> login,
        String displayName,
        Optional<String> passwordHash,
        boolean guest,
        Instant createdAt) {

    SignedIn signedIn() {
        return new SignedIn(id, displayName, guest);
    }
}
