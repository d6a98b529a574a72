package io.socketlab.sandbox.engine;

import static io.socketlab.sandbox.TestModule.BR;
import static io.socketlab.sandbox.TestModule.CALL;
import static io.socketlab.sandbox.TestModule.CALL_INDIRECT;
import static io.socketlab.sandbox.TestModule.DROP;
import static io.socketlab.sandbox.TestModule.END;
import static io.socketlab.sandbox.TestModule.I32;
import static io.socketlab.sandbox.TestModule.I32_ADD;
import static io.socketlab.sandbox.TestModule.I32_DIV_S;
import static io.socketlab.sandbox.TestModule.I32_LOAD;
import static io.socketlab.sandbox.TestModule.I32_STORE;
import static io.socketlab.sandbox.TestModule.I64;
import static io.socketlab.sandbox.TestModule.LOCAL_GET;
import static io.socketlab.sandbox.TestModule.LOOP;
import static io.socketlab.sandbox.TestModule.UNREACHABLE;
import static io.socketlab.sandbox.TestModule.VOID;
import static io.socketlab.sandbox.TestModule.code;
import static io.socketlab.sandbox.TestModule.constant;
import static io.socketlab.sandbox.TestModule.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketlab.sandbox.TestModule;
import io.socketlab.sandbox.engine.HostCalls.HostCall;
import io.socketlab.sandbox.engine.WasmTrap.Kind;
import io.socketlab.sandbox.module.ModuleException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whether a program is interpreted or compiled. */
class ChicoryEngineTest {

    private static final int[] NONE = {};
    private static final int[] RESULT = {I32};
    private static final int PAGES = 16;

    private final List<String> asked = new ArrayList<>();

    private static WasmEngine engine(boolean compiled) {
        return new ChicoryEngine(PAGES, compiled ? 0 : Long.MAX_VALUE);
    }

    private HostCalls calls(HostCall call) {
        return (module, function) -> {
            asked.add(module + "." + function);
            return call;
        };
    }

    private WasmInstance start(boolean compiled, TestModule module) {
        return engine(compiled).load(module.octets()).newProcess(calls(_ -> 0), PageSource.ENDLESS);
    }

    private static TestModule module() {
        return new TestModule().memory(2, 300);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callsOutWithTheArgumentsAndGoesOnWithTheResult(boolean compiled) {
        var module =
                new TestModule()
                        .imports("kernel", "listen", new int[] {I32, I64}, I32)
                        .imports("kernel", "fatal", new int[] {I32})
                        .memory(1, 1)
                        .function(
                                "run",
                                new int[] {I32, I64},
                                RESULT,
                                code(
                                        op(LOCAL_GET, 0, LOCAL_GET, 1, CALL, 0),
                                        constant(7),
                                        op(CALL, 1),
                                        constant(1),
                                        op(I32_ADD)));
        var seen = new ArrayList<String>();
        HostCall call =
                arguments -> {
                    seen.add(Arrays.toString(arguments));
                    return -111;
                };

        WasmInstance instance =
                engine(compiled).load(module.octets()).newProcess(calls(call), PageSource.ENDLESS);

        assertThat((int) instance.call("run", 5, 1L << 40)).isEqualTo(-110);
        assertThat(seen).containsExactly("[5, 1099511627776]", "[7]");
        assertThat(asked).containsExactly("kernel.listen", "kernel.fatal");
    }

    /** As exit(2) leaves a program. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsThroughWhatACallThrows(boolean compiled) {
        var exit = new IllegalStateException("exit");
        var module =
                new TestModule()
                        .imports("kernel", "exit", NONE)
                        .memory(1, 1)
                        .function("run", NONE, NONE, CALL, 0);
        HostCall call =
                _ -> {
                    throw exit;
                };
        WasmInstance instance =
                engine(compiled).load(module.octets()).newProcess(calls(call), PageSource.ENDLESS);

        assertThatThrownBy(() -> instance.call("run")).isSameAs(exit);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesAThreadTheMemoryOfItsProcessAndGlobalsOfItsOwn(boolean compiled) {
        var module = module().data(2048, "data").global("line", 3);
        LoadedModule loaded = engine(compiled).load(module.octets());
        WasmInstance process = loaded.newProcess(calls(_ -> 0), PageSource.ENDLESS);
        assertThat(process.memory().untilNul(2048, 10)).asString().isEqualTo("data");
        process.memory().put(2048, "changed".getBytes(StandardCharsets.US_ASCII), 0, 7);
        process.global("line", 41);

        WasmInstance thread = loaded.newThread(calls(_ -> 0), process);
        thread.memory().put32(4096, 17);

        assertThat(thread.memory().untilNul(2048, 10)).asString().isEqualTo("changed");
        assertThat(process.memory().int32(4096)).isEqualTo(17);
        assertThat(thread.global("line")).isEqualTo(3);
        assertThat(process.global("line")).isEqualTo(41);
        assertThat(loaded.newProcess(calls(_ -> 0), PageSource.ENDLESS).memory().int32(4096))
                .isZero();
    }

    private static int[] load(int address, int offset) {
        return code(constant(address), op(I32_LOAD, 0, offset, DROP));
    }

    private static int[] body(String what) {
        return switch (what) {
            case "null read" -> load(0, 8);
            case "null write" -> code(constant(0), constant(1), op(I32_STORE, 0, 0));
            case "behind the end" -> load(2 * 65_536, 0);
            case "far pointer" -> load(-4, 8);
            case "division" -> code(constant(1), constant(0), op(I32_DIV_S, DROP));
            case "overflow" -> code(constant(Integer.MIN_VALUE), constant(-1), op(I32_DIV_S, DROP));
            case "unreachable" -> op(UNREACHABLE);
            case "no such function" -> code(constant(99), op(CALL_INDIRECT, 0, 0));
            case "empty entry" -> code(constant(1), op(CALL_INDIRECT, 0, 0));
            case "wrong type" -> code(constant(0), op(CALL_INDIRECT, 0, 0));
            default -> throw new IllegalArgumentException(what);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "null read,        NULL_POINTER,        4 octets at NULL + 8",
        "null write,       NULL_POINTER,        4 octets at NULL",
        "behind the end,   WILD_POINTER,        '4 octets at 0x20000, where there is no memory'",
        "far pointer,      WILD_POINTER,        out of bounds memory access",
        "division,         DIVISION_BY_ZERO,    integer divide by zero",
        "overflow,         INTEGER_OVERFLOW,    integer overflow",
        "unreachable,      UNREACHABLE,         Trapped on unreachable instruction",
        "no such function, WILD_FUNCTION,       undefined element",
        "empty entry,      WILD_FUNCTION,       uninitialized element 1",
        "wrong type,       WRONG_FUNCTION_TYPE, indirect call type mismatch",
    })
    void stopsAMistakeInTheSameWayInterpretedAndCompiled(String what, Kind kind, String message) {
        for (boolean compiled : new boolean[] {false, true}) {
            // the first type is that of run, which is not the type of the table's function
            var module =
                    module().function("run", NONE, NONE, body(what))
                            .function("other", new int[] {I32}, NONE)
                            .table(2, 1);
            WasmInstance instance = start(compiled, module);

            WasmTrap trap = catchThrowableOfType(WasmTrap.class, () -> instance.call("run"));

            assertThat(trap).isNotNull().hasMessage(message);
            assertThat(trap.kind()).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopsRecursionWithoutEnd(boolean compiled) {
        var module = module().function("run", NONE, NONE, CALL, 0);
        WasmInstance instance = start(compiled, module);

        WasmTrap trap = catchThrowableOfType(WasmTrap.class, () -> instance.call("run"));

        assertThat(trap.kind()).isEqualTo(Kind.STACK_EXHAUSTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopsALoopWithoutEndWhenItsThreadIsInterrupted(boolean compiled) {
        var module = module().function("run", NONE, NONE, LOOP, VOID, BR, 0, END);
        WasmInstance instance = start(compiled, module);

        Thread.currentThread().interrupt();
        WasmTrap trap = catchThrowableOfType(WasmTrap.class, () -> instance.call("run"));

        Thread.interrupted(); // whoever runs the next test is not to be
        assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
    }

    @Test
    void compilesAModuleWhenItsRunsHaveUsedEnoughFuel() {
        var waiting = new ArrayDeque<Runnable>();
        var engine = new ChicoryEngine(PAGES, new Compiling(1000, waiting::add));
        var loaded = engine.load(module().octets());
        var module = (ChicoryModule) loaded;
        loaded.newProcess(calls(_ -> 0), PageSource.ENDLESS);
        loaded.used(999);
        loaded.newProcess(calls(_ -> 0), PageSource.ENDLESS);
        assertThat(waiting).isEmpty();

        loaded.used(1);
        loaded.newProcess(calls(_ -> 0), PageSource.ENDLESS); // nobody waits for the compiler
        assertThat(module.isCompiled()).isFalse();

        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(module.isCompiled()).isTrue();
    }

    @Test
    void aModuleThatFindsNoPlaceAtTheCompilerIsInterpretedAndAsksAgain() {
        var asked = new AtomicInteger();
        Executor full =
                compilation -> {
                    if (asked.incrementAndGet() < 3) throw new RejectedExecutionException();
                    compilation.run();
                };
        var engine = new ChicoryEngine(PAGES, new Compiling(1000, full));
        var module = (ChicoryModule) engine.load(module().octets());
        module.used(1000);
        module.used(1);
        assertThat(module.isCompiled()).isFalse();

        module.used(1);
        module.used(1);
        assertThat(module.isCompiled()).isTrue();
        assertThat(asked).hasValue(3);
    }

    @Test
    void saysWhatAModuleDoesNotExport() {
        WasmInstance instance = start(false, module());

        assertThat(instance.exportsFunction("_start")).isFalse();
        assertThatThrownBy(() -> instance.call("_start")).hasMessageContaining("_start");
        assertThatThrownBy(() -> instance.global("__fuel")).hasMessageContaining("__fuel");
    }

    @Test
    void knowsWhatAModuleImports() {
        var module = module().imports("kernel", "fork", NONE, I32);
        LoadedModule loaded = engine(false).load(module.octets());

        assertThat(loaded.imports("fork")).isTrue();
        assertThat(loaded.imports("wait4")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, found 0", "17, 17, found 17", "60000, 60000, found 60000"})
    void refusesAMemoryThatIsTooSmallOrTooLarge(int pages, int most, String message) {
        LoadedModule loaded = engine(false).load(new TestModule().memory(pages, most).octets());

        assertThatThrownBy(() -> loaded.newProcess(calls(_ -> 0), PageSource.ENDLESS))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAModuleWithoutMemoryAndDataOutsideOfIt() {
        LoadedModule without = engine(false).load(new TestModule().octets());
        LoadedModule outside = engine(false).load(module().data(131_070, "data").octets());

        assertThatThrownBy(() -> without.newProcess(calls(_ -> 0), PageSource.ENDLESS))
                .isInstanceOf(ModuleException.class);
        assertThatThrownBy(() -> outside.newProcess(calls(_ -> 0), PageSource.ENDLESS))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("4 octets at 131070");
    }

    /** Any octets of a module changed: it runs, or is refused by a sentence, and nothing else. */
    @RepeatedTest(300)
    void refusesWhatIsNoModuleByASentence(RepetitionInfo repetition) {
        byte[] octets =
                module().imports("kernel", "listen", new int[] {I32}, I32)
                        .function("run", NONE, RESULT, code(constant(3), op(CALL, 0)))
                        .table(2, 1)
                        .global("line", 1)
                        .data(2048, "data")
                        .octets();
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = random.nextInt(4); i >= 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        byte[] cut = Arrays.copyOf(octets, octets.length - random.nextInt(3));
        try {
            engine(false).load(cut).newProcess(calls(_ -> 0), PageSource.ENDLESS);
        } catch (ModuleException refused) {
            assertThat(refused).hasMessageStartingWith("expected ");
        }
    }
}
