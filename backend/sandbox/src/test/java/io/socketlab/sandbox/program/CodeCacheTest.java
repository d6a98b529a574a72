package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.sandbox.TestModule;
import io.socketlab.sandbox.engine.ChicoryEngine;
import io.socketlab.sandbox.module.ModuleException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A program that is kept is found by all that it consists of, and by nothing else. */
class CodeCacheTest {

    private static final int DATA = 40_000;

    private static CodeCache cache(long octets) {
        return new CodeCache(new ChicoryEngine(4, Long.MAX_VALUE), octets);
    }

    private final CodeCache cache = cache(1 << 20);

    /** A program that begins and does nothing, with a text in its memory. */
    private static byte[] program(String text) {
        return new TestModule()
                .function("_start", new int[0], new int[0])
                .memory(1, 4)
                .data(1024, text)
                .octets();
    }

    @Test
    void theSameOctetsAreTheSameProgram() {
        assertThat(cache.get(program("a"))).isSameAs(cache.get(program("a")));
        assertThat(cache.get(program("a"))).isNotSameAs(cache.get(program("b")));
    }

    /** Two texts of the same Arrays.hashCode, as anybody can make as many as he likes. */
    @Test
    void programsWithTheSameHashAreTwo() {
        byte[] one = program("Aa");
        byte[] other = program("BB");
        assertThat(Arrays.hashCode(one)).isEqualTo(Arrays.hashCode(other));

        Code first = cache.get(one);
        assertThat(cache.get(other).hash()).isNotEqualTo(first.hash());
        assertThat(cache.get(one)).isSameAs(first);
    }

    /** Who has brought a program cannot put another in its place. */
    @Test
    void whatBecomesOfTheArrayAfterwardsChangesNothing() {
        byte[] brought = program("good");
        Code good = cache.get(brought);
        String text = new String(brought, java.nio.charset.StandardCharsets.ISO_8859_1);
        brought[text.indexOf("good")] = 'b';

        assertThat(cache.get(program("good"))).isSameAs(good);
        assertThat(cache.get(brought)).isNotSameAs(good);
        assertThat(cache.get(brought).hash()).isEqualTo(cache.get(program("bood")).hash());
    }

    @Test
    void whatIsRefusedIsRefusedAgain() {
        byte[] refused = new TestModule().memory(1, 4).octets();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> cache.get(refused))
                    .isInstanceOf(ModuleException.class)
                    .hasMessageContaining("_start");
        }
        assertThat(cache.octets()).isZero();
    }

    @Test
    void theOnesNotUsedForLongestMakeRoom() {
        var small = cache(5 * DATA); // two of them, as they came and as they are run
        Code first = small.get(program("1".repeat(DATA)));
        Code second = small.get(program("2".repeat(DATA)));
        small.get(program("1".repeat(DATA)));
        small.get(program("3".repeat(DATA)));

        assertThat(small.get(program("1".repeat(DATA)))).isSameAs(first);
        assertThat(small.get(program("2".repeat(DATA)))).isNotSameAs(second);
        assertThat(small.octets()).isBetween(4L * DATA, 5L * DATA);
    }

    @Test
    void manyProgramsTakeNoMoreThanThereIs() {
        var small = cache(3 * DATA);
        Set<Code> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) seen.add(small.get(program(i + "-".repeat(DATA / 2))));

        assertThat(seen).hasSize(50);
        assertThat(small.octets()).isLessThanOrEqualTo(3L * DATA);
    }

    @Test
    void oneThatIsLargerThanAllThatIsKeptIsRunAllTheSame() {
        var small = cache(1);
        assertThat(small.get(program("x"))).isNotNull();
        assertThat(small.octets()).isZero();
    }
}
