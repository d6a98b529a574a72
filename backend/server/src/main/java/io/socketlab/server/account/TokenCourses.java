package io.socketlab.server.account;

import java.util.List;
import java.util.UUID;

/** The courses that a token can be bound to. Told by whoever keeps courses. */
public interface TokenCourses {

    /**
     * @param name title and term
     */
    record Named(UUID id, String name) {}

    /** Those that somebody is in, the newest first. */
    List<Named> of(SignedIn who);
}
