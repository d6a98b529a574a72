package io.socketlab.server.run;

import java.util.List;
import java.util.UUID;

/** What else a student is told of a result. Told by whoever changes results. */
@FunctionalInterface
public interface ResultNotes {

    /** As sentences, the oldest first. */
    List<String> of(UUID run, int n);
}
