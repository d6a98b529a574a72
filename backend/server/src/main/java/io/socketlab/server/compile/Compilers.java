package io.socketlab.server.compile;

import io.socketlab.sandbox.compile.CCompiler;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The compiler of this server, if it has one. */
@FunctionalInterface
public interface Compilers {

    /**
     * The compiler as an account has it: what has been compiled before is not compiled again, and
     * accounts take turns.
     *
     * @param patience how long it waits for its turn; after that it fails
     * @return empty if there is none
     */
    Optional<CCompiler> of(UUID account, Duration patience);

    /** Which one it is; empty if there is none. */
    default Optional<String> name() {
        return of(new UUID(0, 0), Duration.ZERO).map(CCompiler::name);
    }
}
