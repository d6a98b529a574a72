package io.socketlab.server.account;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/**
 * Who makes a request.
 *
 * @param name what pages call him
 */
public record SignedIn(UUID id, String name, boolean guest) implements Principal, Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
        return id.toString();
    }
}
