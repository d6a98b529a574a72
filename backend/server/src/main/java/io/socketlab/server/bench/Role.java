package io.socketlab.server.bench;

import java.util.Locale;

/** What a browser may do at a bench that several look at. */
enum Role {
    /** Types. There is one at most. */
    OWNER,
    /** Watches. */
    VIEWER;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
