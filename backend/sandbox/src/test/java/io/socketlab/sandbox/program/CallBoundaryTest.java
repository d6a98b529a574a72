package io.socketlab.sandbox.program;

import static io.socketlab.sandbox.TestModule.CALL;
import static io.socketlab.sandbox.TestModule.DROP;
import static io.socketlab.sandbox.TestModule.I32;
import static io.socketlab.sandbox.TestModule.I64;
import static io.socketlab.sandbox.TestModule.code;
import static io.socketlab.sandbox.TestModule.constant;
import static io.socketlab.sandbox.TestModule.constant64;
import static io.socketlab.sandbox.TestModule.op;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.sandbox.TestModule;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Programs that make calls with whatever arguments: pointers before, at and behind the ends of
 * their memory, lengths with the sign set, descriptors that are open and that are not. Nothing but
 * an errno, a signal, or a wait comes of it, and the same twice.
 */
@Execution(ExecutionMode.CONCURRENT)
class CallBoundaryTest {

    private static final int[] NONE = {};
    private static final int CALLS = 60;
    private static final int END = 2 * 65_536;

    /** What ends a program at once. */
    private static final Set<String> LAST =
            Set.of(
                    "wasi_snapshot_preview1.proc_exit",
                    "kernel.fatal",
                    "kernel.abortmsg",
                    "kernel.thread_exit");

    /** What may wait for what never comes: the first half of the calls is made without it. */
    private static final Set<String> FOR_EVER =
            Set.of("kernel.pause", "kernel.futex", "kernel.thread_join", "kernel.nanosleep");

    private static final int[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        10,
        16,
        17,
        28,
        100,
        1023,
        1024,
        1025,
        2048,
        4096,
        65_536,
        END - 1,
        END - 4,
        END - 8,
        END,
        END + 1,
        1 << 20,
        0x7FFF_FFFF,
        0x8000_0000,
        -1,
        -2,
        -4,
        -8,
        -1024,
        0xFFFF_0000
    };

    private static byte[] module(Random random) {
        var module = new TestModule();
        List<String> names =
                new TreeMap<>(CallTable.types())
                        .keySet().stream().filter(name -> !LAST.contains(name)).toList();
        for (String name : names) {
            String[] type = CallTable.types().get(name).split(":", -1);
            int dot = name.indexOf('.');
            module.imports(
                    name.substring(0, dot),
                    name.substring(dot + 1),
                    types(type[0]),
                    types(type[1]));
        }
        int[] body =
                code(
                        call(names, "socket", 2, 1, 0),
                        call(names, "socket", 2, 2, 0),
                        call(names, "pipe2", 8192, 0),
                        call(names, "epoll_create1", 0),
                        call(names, "bind", 3, 1024, 16),
                        call(names, "listen", 3, 5));
        for (int i = 0; i < CALLS; i++) {
            int function = random.nextInt(names.size());
            if (FOR_EVER.contains(names.get(function)) && i < CALLS / 2) continue;
            String[] type = CallTable.types().get(names.get(function)).split(":", -1);
            for (char letter : type[0].toCharArray()) body = code(body, argument(letter, random));
            body = code(body, op(CALL, function));
            if (!type[1].isEmpty()) body = code(body, op(DROP));
        }
        // something at the usual places: sockaddr_in of port 80, iovecs, a name
        return module.memory(2, 4)
                .function("_start", NONE, NONE, body)
                .function("__lab_thread_main", new int[] {I32, I32}, new int[] {I32}, 0x41, 0)
                .global("__stack_pointer", 65_536)
                .data(1024, "\2\0\0P\12\0\0\2\0\0\0\0\0\0\0\0")
                .data(2048, "\0\20\0\0\20\0\0\0\0\10\0\0\377\377\377\377")
                .data(4096, "client\0")
                .octets();
    }

    /** So that there is something behind the descriptors 3 to 7. */
    private static int[] call(List<String> names, String name, int... arguments) {
        int[] body = NONE;
        for (int argument : arguments) body = code(body, constant(argument));
        return code(body, op(CALL, names.indexOf("kernel." + name), DROP));
    }

    private static int[] types(String letters) {
        return letters.chars().map(letter -> letter == 'i' ? I32 : I64).toArray();
    }

    private static int[] argument(char letter, Random random) {
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        if (random.nextInt(4) == 0) number = random.nextInt();
        if (letter == 'i') return constant(number);
        return constant64(random.nextBoolean() ? number : random.nextLong());
    }

    private static String run(byte[] wasm) {
        try (var net = new ProgramNetwork()) {
            net.start("server", wasm, "random");
            net.run(10);
            return net.hash();
        }
    }

    @RepeatedTest(200)
    void anyCallWithAnyArgumentsIsAnswered(RepetitionInfo repetition) {
        byte[] wasm = module(new Random(repetition.getCurrentRepetition()));

        assertThat(run(wasm)).isEqualTo(run(wasm));
    }
}
