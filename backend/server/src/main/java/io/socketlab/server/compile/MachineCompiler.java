package io.socketlab.server.compile;

import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.JailedClang;
import io.socketlab.sandbox.compile.NoCompilerException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** The machine's clang, if it can be locked in and is not turned off. */
@Service
class MachineCompiler implements Compilers {

    private static final Logger LOG = LoggerFactory.getLogger(MachineCompiler.class);

    private static final int AT_ONCE = 2;

    private final Use use;
    private final CompilationStore store;

    private Optional<SharedCompiler> compiler = Optional.empty();
    private boolean looked;

    /** What {@code socketlab.compiler} says. */
    enum Use {
        /** It is used where it is there. */
        AUTO,
        /** It is not used. */
        OFF
    }

    MachineCompiler(@Value("${socketlab.compiler:auto}") Use use, CompilationStore store) {
        this.use = use;
        this.store = store;
    }

    /**
     * Looking takes half a second, which nobody need wait for. It reads files of our jar, whose
     * locks those that load classes wait for without giving up their carriers: a virtual thread
     * that holds one might never get one again.
     */
    @EventListener(ApplicationReadyEvent.class)
    void lookInTime() {
        Thread.ofPlatform().daemon().name("compiler").start(this::compiler);
    }

    @Override
    public Optional<CCompiler> of(UUID account, Duration patience) {
        return compiler().map(shared -> shared.of(account, patience));
    }

    private synchronized Optional<SharedCompiler> compiler() {
        if (!looked) {
            compiler = find();
            looked = true;
        }
        return compiler;
    }

    private Optional<SharedCompiler> find() {
        if (use == Use.OFF) return Optional.empty();
        try {
            JailedClang clang = JailedClang.find();
            LOG.info("C programs are compiled here, by {}", clang.name());
            return Optional.of(new SharedCompiler(clang, store, AT_ONCE));
        } catch (NoCompilerException e) {
            LOG.info("C programs are not compiled here: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
