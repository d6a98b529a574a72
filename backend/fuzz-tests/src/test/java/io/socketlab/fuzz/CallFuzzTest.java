package io.socketlab.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any calls with any arguments, in any order. */
class CallFuzzTest {

    private static final int RUNS = 250;
    private static final int LONGEST = 600;

    @FuzzTest(maxDuration = "10m")
    void calls(byte[] data) {
        CallWorld.run(data);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void holdsForRandomCalls(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            byte[] data = new byte[random.nextInt(LONGEST)];
            random.nextBytes(data);
            try {
                CallWorld.run(data);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", run " + run, e);
            }
        }
    }

    /** Those that are made of another call, and fail as that does. */
    private static final Set<String> OF_ANOTHER = Set.of("AtBadAddress", "Masked");

    @Test
    void everyCallHasItsErrnos() {
        AllowedErrnos table = AllowedErrnos.read();
        List<String> missing =
                RandomCalls.concrete().stream()
                        .map(Class::getSimpleName)
                        .filter(name -> !OF_ANOTHER.contains(name) && !table.knows(name))
                        .toList();
        assertEquals(List.of(), missing, "calls without a line in allowed-errnos.txt");
    }
}
