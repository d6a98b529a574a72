package io.socketlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.socketlab.sandbox.engine.ChicoryEngine;
import io.socketlab.sandbox.engine.WasmEngine;
import io.socketlab.sandbox.engine.WasmInstance;
import io.socketlab.sandbox.engine.WasmTrap;
import io.socketlab.sandbox.module.ModuleException;
import io.socketlab.sandbox.module.ProgramModule;
import java.util.Map;

/** Octets that somebody sends as a program: they are refused by a sentence, or have an end. */
class ModuleFuzzTest {

    /** A call of each shape that those of programs have. */
    private static final Map<String, String> ALLOWED =
            Map.of(
                    "kernel.listen", "ii:i",
                    "kernel.tick", ":i",
                    "kernel.clock", "i:l",
                    "kernel.fatal", "i:");

    /** They are interpreted: a compiler of its own would be what is measured. */
    private static final WasmEngine ENGINE =
            new ChicoryEngine(ProgramModule.MOST_PAGES, Long.MAX_VALUE);

    /** Its fuel is used up. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final int PAGES = 8;
    private static final long FUEL = 10_000;

    @FuzzTest(maxDuration = "10m")
    void modules(byte[] data) {
        try {
            run(ProgramModule.of(data, ALLOWED));
        } catch (ModuleException refused) {
            if (refused.getMessage() == null || !refused.getMessage().startsWith("expected ")) {
                throw new AssertionError("is refused by no sentence", refused);
            }
        }
    }

    /** As who runs programs: whoever asks for more gets none. */
    private static long call(String name) {
        if (name.equals("tick")) throw new Ended();
        return 0;
    }

    /** What it exports by the name of a program's beginning, as far as its fuel goes. */
    private static void run(ProgramModule module) {
        int[] left = {PAGES};
        try {
            WasmInstance instance =
                    ENGINE.load(module.octets())
                            .newProcess(
                                    (_, name) -> _ -> call(name),
                                    pages -> pages <= left[0] && (left[0] -= pages) >= 0);
            instance.global(ProgramModule.FUEL, FUEL);
            if (instance.exportsFunction("_start")) instance.call("_start");
        } catch (Ended _) { // as is meant
            return;
        } catch (WasmTrap stopped) {
            if (stopped.kind() == null) throw new AssertionError("stopped by nothing", stopped);
        } catch (IllegalArgumentException wrong) {
            // _start has parameters: nothing of it has run
            if (!wrong.getMessage().contains("param")) throw wrong;
        }
    }
}
