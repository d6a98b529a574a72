package io.socketlab.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pointer and length of a program is hostile. */
class GuardedMemoryTest {

    private static final int PAGE = 65_536;

    private final GuardedMemory memory =
            new GuardedMemory(new MemoryLimits(1, 300), 4, PageSource.ENDLESS);

    @Test
    void holdsWhatIsPutThereLittleEndian() {
        memory.put64(1024, 0x0102_0304_0506_0708L);
        memory.put32(PAGE - 4, -1);
        memory.put16(2000, 0xABCD);

        assertThat(memory.octets(1024, 8)).containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(memory.int64(1024)).isEqualTo(0x0102_0304_0506_0708L);
        assertThat(memory.int32(PAGE - 4)).isEqualTo(-1);
        assertThat(memory.int16(2000) & 0xFFFF).isEqualTo(0xABCD);
        assertThat(memory.octet(1024)).isEqualTo((byte) 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, PAGE - 3, PAGE, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -4})
    void refusesAnAddressOutsideOfItWhateverItsSign(int address) {
        assertThatThrownBy(() -> memory.readInt(address)).isInstanceOf(MemoryFault.class);
        assertThatThrownBy(() -> memory.writeI32(address, 1)).isInstanceOf(MemoryFault.class);
        assertThatThrownBy(() -> memory.octets(address, 4)).isInstanceOf(MemoryFault.class);
        assertThatThrownBy(() -> memory.put(address, new byte[4], 0, 4))
                .isInstanceOf(MemoryFault.class);
        assertThatThrownBy(() -> memory.check(address, 4)).isInstanceOf(MemoryFault.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7FFF_FFFF, -1, PAGE - 1023, Integer.MIN_VALUE})
    void allocatesNothingForALengthThatIsNotThere(int length) {
        assertThatThrownBy(() -> memory.octets(1024, length)).isInstanceOf(MemoryFault.class);
        assertThatThrownBy(() -> memory.check(1024, length)).isInstanceOf(MemoryFault.class);
        assertThatThrownBy(() -> memory.copy(1024, 1024, length)).isInstanceOf(MemoryFault.class);
        assertThatThrownBy(() -> memory.fill((byte) 1, 1024, 1024 + length))
                .isInstanceOf(MemoryFault.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1, Integer.MIN_VALUE})
    void letsNoOctetsBeAnywhere(int address) {
        memory.check(address, 0);
        memory.copy(address, address, 0);
        memory.put(address, new byte[0], 0, 0);

        assertThat(memory.octets(address, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0,     4, 4 octets at NULL",
        "8,     1, 1 octet at NULL + 8",
        "65536, 4, '4 octets at 0x10000, where there is no memory'",
        "-1,    2, '2 octets at 0xffffffff, where there is no memory'",
    })
    void saysWhereAPointerPointed(int address, int length, String message) {
        assertThatThrownBy(() -> memory.check(address, length)).hasMessage(message);
    }

    @Test
    void readsTextUpToItsNulAndNotBeyondItsLimit() {
        memory.put(3000, "name\0".getBytes(StandardCharsets.US_ASCII), 0, 5);

        assertThat(memory.untilNul(3000, 4)).asString().isEqualTo("name");
        assertThatThrownBy(() -> memory.untilNul(3000, 3)).isInstanceOf(MemoryFault.class);
        memory.fill((byte) 'x', PAGE - 10, PAGE);
        assertThatThrownBy(() -> memory.untilNul(PAGE - 10, Integer.MAX_VALUE))
                .isInstanceOf(MemoryFault.class);
    }

    @Test
    void growsAsFarAsItMayAndKeepsWhatIsThere() {
        memory.put32(PAGE - 4, 42);

        assertThat(memory.grow(3)).isEqualTo(1);
        assertThat(memory.pages()).isEqualTo(4);
        assertThat(memory.int32(PAGE - 4)).isEqualTo(42);
        assertThat(memory.int32(4 * PAGE - 4)).isZero();
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
        assertThat(memory.grow(Integer.MIN_VALUE)).isEqualTo(-1);
        assertThat(memory.grow(0)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "5, 60000", "60000, 60000"})
    void isNotMadeWithoutPagesOrWithTooMany(int pages, int most) {
        var limits = new MemoryLimits(pages, most);

        assertThatThrownBy(() -> new GuardedMemory(limits, 4, PageSource.ENDLESS))
                .isInstanceOf(UninstantiableException.class)
                .hasMessageContaining("found " + pages);
    }

    @Test
    void growsNoFurtherThanThereArePages() {
        int[] left = {3};
        PageSource source =
                pages -> {
                    if (pages > left[0]) return false;
                    left[0] -= pages;
                    return true;
                };
        var small = new GuardedMemory(new MemoryLimits(2, 300), 300, source);

        assertThat(small.grow(2)).isEqualTo(-1);
        assertThat(small.grow(1)).isEqualTo(2);
        assertThatThrownBy(() -> new GuardedMemory(new MemoryLimits(1, 1), 300, source))
                .isInstanceOf(WasmTrap.class);
    }

    @Test
    void holdsWhatIsTouchedAndNotThePagesAroundIt() {
        var large = new GuardedMemory(new MemoryLimits(200, 300), 300, PageSource.ENDLESS);
        assertThat(large.held()).isZero();

        for (int address = PAGE; address > PAGE - 8000; address -= 8) {
            large.writeLong(address, address);
        }

        assertThat(large.size()).isEqualTo(200 * PAGE);
        assertThat(large.held()).isBetween(8000, 16_000);
        assertThat(large.untilNul(PAGE + 8, 10)).isEmpty();
        assertThat(large.int64(PAGE - 7000)).isEqualTo(PAGE - 7000);
        large.grow(100);
        assertThat(large.held()).isLessThan(16_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isAsIfAllOfItWereThere(long seed) {
        var random = new Random(seed);
        byte[] flat = new byte[4 * PAGE];
        memory.grow(3);

        for (int i = 0; i < 2000; i++) {
            int length = 1 + random.nextInt(1 << random.nextInt(14));
            int to = somewhere(random, flat.length - length);
            int from = somewhere(random, flat.length - length);
            switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] data = new byte[length];
                    random.nextBytes(data);
                    memory.write(to, data, 0, length);
                    System.arraycopy(data, 0, flat, to, length);
                }
                case 1 -> {
                    memory.copy(to, from, length);
                    System.arraycopy(flat, from, flat, to, length);
                }
                case 2 -> {
                    memory.fill((byte) i, to, to + length);
                    Arrays.fill(flat, to, to + length, (byte) i);
                }
                case 3 ->
                        assertThat(memory.readBytes(from, length))
                                .isEqualTo(Arrays.copyOfRange(flat, from, from + length));
                default -> {
                    memory.writeByte(to, (byte) i);
                    flat[to] = (byte) i;
                    assertThat(memory.read(from)).isEqualTo(flat[from]);
                }
            }
        }
        assertThat(memory.readBytes(GuardedMemory.GUARD, flat.length - GuardedMemory.GUARD))
                .isEqualTo(Arrays.copyOfRange(flat, GuardedMemory.GUARD, flat.length));
    }

    /** Most often beside one of two places, so that what is held grows at either end. */
    private static int somewhere(Random random, int most) {
        int near = (random.nextBoolean() ? PAGE : 2 * PAGE) + random.nextInt(-4096, 4096);
        int any = random.nextInt(GuardedMemory.GUARD, most);
        return random.nextInt(8) == 0 ? any : Math.min(near, most);
    }

    @Test
    void findsTheEndOfATextInWhatNobodyHasTouched() {
        memory.put(2040, "12345678".getBytes(StandardCharsets.US_ASCII), 0, 8);

        assertThat(memory.untilNul(2040, 100)).asString().isEqualTo("12345678");
        assertThat(memory.untilNul(2040, 8)).asString().isEqualTo("12345678");
        assertThatThrownBy(() -> memory.untilNul(2040, 7)).isInstanceOf(MemoryFault.class);
    }
}
