package io.socketlab.sandbox.module;

import static io.socketlab.sandbox.TestModule.CALL;
import static io.socketlab.sandbox.TestModule.DROP;
import static io.socketlab.sandbox.TestModule.END;
import static io.socketlab.sandbox.TestModule.I32;
import static io.socketlab.sandbox.TestModule.I64;
import static io.socketlab.sandbox.TestModule.code;
import static io.socketlab.sandbox.TestModule.constant;
import static io.socketlab.sandbox.TestModule.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.sandbox.TestModule;
import io.socketlab.sandbox.engine.ChicoryEngine;
import io.socketlab.sandbox.engine.PageSource;
import io.socketlab.sandbox.engine.WasmEngine;
import io.socketlab.sandbox.engine.WasmInstance;
import io.socketlab.sandbox.engine.WasmTrap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever sends a module may have made it by hand. */
class ModuleLoaderTest {

    private static final int[] NONE = {};
    private static final Map<String, String> ALLOWED =
            Map.of("kernel.listen", "ii:i", "kernel.tick", ":i", "kernel.clock", "i:l");
    private static final WasmEngine ENGINE = new ChicoryEngine(ModuleLoader.MOST_PAGES, 1 << 30);

    private static ProgramModule load(byte[] octets) {
        return ProgramModule.of(octets, ALLOWED);
    }

    private static TestModule module() {
        return new TestModule().memory(2, 256);
    }

    private static TestModule imports(
            String module, String name, int[] parameters, int... results) {
        return new TestModule().imports(module, name, parameters, results).memory(2, 256);
    }

    /** A memory or a table that is imported. */
    private static TestModule importing(int kind, int... limits) {
        int[] name = {1, 6, 'k', 'e', 'r', 'n', 'e', 'l', 1, 'm', kind};
        return new TestModule().section(2, code(name, limits));
    }

    private static int[] emptyLoops(int count) {
        return IntStream.range(0, count)
                .flatMap(_ -> IntStream.of(TestModule.LOOP, TestModule.VOID, TestModule.END))
                .toArray();
    }

    static Stream<Arguments> refusals() {
        int[] two = {I32, I32};
        return Stream.of(
                Arguments.of(imports("env", "system", two, I32), "found env.system"),
                Arguments.of(imports("kernel", "exec", two, I32), "found kernel.exec"),
                Arguments.of(
                        imports("kernel", "listen", two, I64),
                        "kernel.listen to have the type ii:i, found ii:l"),
                Arguments.of(imports("kernel", "listen", NONE, I32), "ii:i, found :i"),
                Arguments.of(importing(2, 0, 1), "functions only to be imported, found kernel.m"),
                Arguments.of(importing(1, 0x70, 0, 1), "functions only to be imported"),
                Arguments.of(importing(3, I32, 1), "functions only to be imported"),
                Arguments.of(new TestModule().memory(257, 257), "at most 256 for pages of memory"),
                Arguments.of(new TestModule().memory(60_000, 60_000), "found 60000"),
                Arguments.of(new TestModule().section(5, 2, 0, 1, 0, 1), "at most 1 for memories"),
                Arguments.of(new TestModule().section(5, 1, 3, 1, 2), "memory that is not shared"),
                Arguments.of(module().function("f", NONE, NONE).table(10_001, 0), "found 10001"),
                Arguments.of(module().section(8, 0), "found a start function"),
                // of 900,000 octets the bounds would make six million
                Arguments.of(
                        module().function("f", NONE, NONE, emptyLoops(300_000)),
                        "at most 2097152 octets with the bounds"),
                Arguments.of(module().global("__fuel", 1), "no export called __fuel"),
                Arguments.of(module().global("__depth", 1), "no export called __depth"),
                Arguments.of(module().section(13, 0), "sections in their order, found 13"),
                // return_call, throw_ref, v128.load, atomic.fence
                Arguments.of(module().function("f", NONE, NONE, 0x12, 0), "opcode 0x12"),
                Arguments.of(module().function("f", NONE, NONE, 0x0A), "opcode 0x0a"),
                Arguments.of(module().function("f", NONE, NONE, 0xFD, 0, 0, 0), "opcode 0xfd"),
                Arguments.of(module().function("f", NONE, NONE, 0xFE, 3, 0), "opcode 0xfe"),
                // the globals that count, by their numbers
                Arguments.of(
                        module().function("f", NONE, NONE, 0x42, 0, 0x24, 0),
                        "the number of a global"),
                Arguments.of(
                        module().global("a", 1).function("f", NONE, NONE, 0x42, 0, 0x24, 1),
                        "at most 0 for the number of a global, found 1"),
                Arguments.of(module().function("f", NONE, NONE, END), "as many ends as blocks"),
                Arguments.of(module().function("f", NONE, NONE, 0x02, 0x40), "ends as blocks"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedWithASentence(TestModule module, String sentence) {
        byte[] octets = module.octets();

        assertThatThrownBy(() -> load(octets))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("expected ")
                .hasMessageContaining(sentence);
    }

    @Test
    void isRefusedIfItIsTooLargeOrNoModule() {
        byte[] large = Arrays.copyOf(module().octets(), ModuleLoader.LARGEST + 1);

        assertThatThrownBy(() -> load(large)).hasMessageContaining("at most 1048576 octets");
        assertThatThrownBy(() -> load(new byte[0])).hasMessageContaining("WebAssembly module");
        assertThatThrownBy(() -> load(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1, 0}))
                .hasMessageContaining("WebAssembly module");
    }

    private static WasmInstance start(byte[] octets) {
        return ENGINE.load(load(octets).octets()).newProcess((_, _) -> _ -> 0, PageSource.ENDLESS);
    }

    /** Also where no section of its own stands behind the place of what is added. */
    @Test
    void boundsAModuleThatEndsBeforeItsGlobals() {
        byte[] memoryAlone = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1};
        byte[] exports = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 1, 0};
        byte[] globals = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1, 6, 1, 0};
        for (byte[] octets : List.of(memoryAlone, exports, globals)) {
            WasmInstance instance = start(octets);
            instance.global(ProgramModule.FUEL, 7);
            assertThat(instance.global(ProgramModule.FUEL)).isEqualTo(7);
            assertThat(instance.global(ProgramModule.PLACE)).isZero();
            assertThat(instance.global(ProgramModule.DEPTH)).isZero();
        }
    }

    /** The number of a global cannot be passed by, so the fuel is nobody's but ours. */
    @Test
    void letsInAProgramAndBoundsIt() {
        byte[] octets =
                imports("kernel", "listen", new int[] {I32, I32}, I32)
                        .global("own", 7)
                        .function(
                                "run",
                                NONE,
                                NONE,
                                code(constant(3), constant(5), op(CALL, 0, DROP)))
                        .octets();

        WasmInstance instance = start(octets);
        instance.global(ProgramModule.FUEL, 100);
        instance.call("run");

        assertThat(instance.global(ProgramModule.FUEL)).isEqualTo(95);
        assertThat(instance.global("own")).isEqualTo(7);
        assertThat(load(octets).uses("listen")).isTrue();
        assertThat(load(octets).uses("tick")).isFalse();
    }

    /** Whatever is changed in a module: it is refused by a sentence, or its run has an end. */
    @RepeatedTest(500)
    void changedAnywhereIsRefusedOrBounded(RepetitionInfo repetition) {
        byte[] octets =
                imports("kernel", "listen", new int[] {I32, I32}, I32)
                        .global("own", 7)
                        .function("other", NONE, NONE, 0x03, 0x40, 0x41, 0, 0x0D, 0, END)
                        .function(
                                "run",
                                NONE,
                                NONE,
                                code(
                                        constant(3),
                                        constant(5),
                                        op(CALL, 0, 0x24, 0, CALL, 1, 0x23, 0, DROP)))
                        .table(2, 1)
                        .data(2048, "data")
                        .octets();
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = random.nextInt(3); i >= 0; i--) {
            octets[8 + random.nextInt(octets.length - 8)] = (byte) random.nextInt(256);
        }
        try {
            WasmInstance instance = start(octets);
            instance.global(ProgramModule.FUEL, 10_000);
            if (instance.exportsFunction("run")) instance.call("run");
        } catch (ModuleException refused) {
            assertThat(refused).hasMessageStartingWith("expected ");
        } catch (WasmTrap stopped) {
            assertThat(stopped.kind()).isNotNull();
        } catch (IllegalArgumentException wrong) { // its parameters are others now
            assertThat(wrong).hasMessageContaining("param");
        }
    }
}
