package io.socketlab.server.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of a run before it shows it.
 *
 * @param open whether nothing has happened yet; what the lab asks beforehand is too late then
 * @param said the answers, by the predictions' ids
 * @param asked what the run has halted to ask
 */
public record Foretold(boolean open, Map<String, String> said, Optional<Asked> asked) {

    /**
     * A prediction that is waited for: nothing goes on before.
     *
     * @param id of the prediction
     * @param event the number of the event at which the run has halted
     * @param skip whether who is asked may go on without an answer
     */
    public record Asked(String id, int event, boolean skip) {}

    public Foretold {
        said = Collections.unmodifiableMap(new LinkedHashMap<>(said));
    }
}
