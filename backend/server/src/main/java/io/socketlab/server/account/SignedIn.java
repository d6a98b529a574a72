package io.socketlab.server.account;

import java.io.Serializable;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name what pages call him
 * @param only the course that his token is bound to; null if it is to none, or he has no token. Not
 *     an Optional, since sessions keep this record
 */
public record SignedIn(UUID id, String name, boolean guest, @Nullable UUID only)
        implements Principal, Serializable {

    private static final long serialVersionUID = 1;

    public SignedIn(UUID id, String name, boolean guest) {
        this(id, name, guest, null);
    }

    /** The one course he may ask about; empty if he may about all that are his. */
    public Optional<UUID> boundTo() {
        return Optional.ofNullable(only);
    }

    /**
     * Whether his token, if he has one, is good for what belongs to a course.
     *
     * @param course empty for what belongs to none
     */
    public boolean reaches(Optional<UUID> course) {
        return only == null || course.filter(only::equals).isPresent();
    }

    @Override
    public String getName() {
        return id.toString();
    }
}
