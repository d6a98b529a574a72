package io.socketlab.sandbox.engine;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Linear memory whose first octets no pointer points to. WebAssembly has memory at address 0 as
 * everywhere; a process has not, and a program that follows NULL is to be stopped as it would be by
 * SIGSEGV.
 *
 * <p>One array holds the stretch that has been touched, and reaches further when something beside
 * it is; all else is zeros. The stack lies before the data and grows down from there, and most
 * programs use little of it.
 *
 * <p>The threads of a process share one: the first instance fills it, and those after it find it as
 * it is. They run in turns, so nothing here is atomic.
 */
@SuppressWarnings("removal") // methods that have to be there until Chicory drops them
final class GuardedMemory implements Memory, ProgramMemory {

    /** So many octets from 0 on: NULL, and members of structures as large as this. */
    static final int GUARD = 1024;

    private static final int PAGE_BITS = 16;

    /** The stretch begins and ends at multiples of it, and so never within the guard. */
    private static final int GRAIN = GUARD;

    /** Octets: who has so many is no small program, of which there may be thousands. */
    private static final int LARGE = 1 << 17;

    private static final byte[] NOTHING = {};

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private final int initialPages;
    private final int maximumPages;
    private final PageSource source;

    /** Octets that there are, from address 0 on. */
    private int size;

    /** What has been touched, from the address {@code low} on. */
    private byte[] octets = NOTHING;

    private int low = GUARD;
    private DataSegment[] segments = {};
    private boolean filled;

    /**
     * @param most pages that there may be at the most, whatever the module allows itself
     * @param source what they are taken from
     */
    GuardedMemory(MemoryLimits limits, int most, PageSource source) {
        this.initialPages = limits.initialPages();
        this.maximumPages = Math.min(limits.maximumPages(), most);
        if (initialPages < 1 || initialPages > maximumPages) {
            throw new UninstantiableException(
                    "expected a memory of 1 to %d pages of 64 KiB, found %d"
                            .formatted(maximumPages, initialPages));
        }
        if (!source.take(initialPages)) {
            throw new WasmTrap(WasmTrap.Kind.OUT_OF_MEMORY, "no pages are left for it");
        }
        this.source = source;
        this.size = initialPages << PAGE_BITS;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** Where in the array an access begins, which has to lie wholly within the memory. */
    private int at(int address, int length) {
        int index = address - low;
        return index >= 0 && index <= octets.length - length ? index : touch(address, length);
    }

    private void checkRange(int address, long length) {
        long from = Integer.toUnsignedLong(address);
        if (length != 0 && (length < 0 || from < GUARD || from + length > size)) {
            throw new MemoryFault(address, length);
        }
    }

    /** As {@link #at}, of what does not lie within the stretch. */
    private int touch(int address, int length) {
        checkRange(address, length);
        if (octets.length == 0) low = address / GRAIN * GRAIN;
        int high = low + octets.length;
        // at least, so that little is copied again and again: least where there is most
        int more = octets.length < LARGE ? octets.length / 2 : octets.length;
        int from = address < low ? Math.max(GUARD, Math.min(address, low - more)) : low;
        int end = address + length;
        int to = end > high ? Math.min(size, Math.max(end, high + more)) : high;
        reach(from / GRAIN * GRAIN, Math.ceilDiv(to, GRAIN) * GRAIN);
        return address - low;
    }

    private void reach(int from, int to) {
        byte[] wider = new byte[to - from];
        System.arraycopy(octets, 0, wider, low - from, octets.length);
        octets = wider;
        low = from;
    }

    /** As {@link #at}, of any length there may be. */
    private int range(int address, long length) {
        checkRange(address, length);
        return length == 0 ? 0 : at(address, (int) length);
    }

    /**
     * Octets that it takes of the heap, which are those that were touched, and some beside them.
     */
    int held() {
        return octets.length;
    }

    // ---- as the kernel sees it

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte octet(int address) {
        return read(address);
    }

    @Override
    public int int16(int address) {
        return readShort(address);
    }

    @Override
    public int int32(int address) {
        return readInt(address);
    }

    @Override
    public long int64(int address) {
        return readLong(address);
    }

    @Override
    public byte[] octets(int address, int length) {
        return readBytes(address, length);
    }

    @Override
    public byte[] untilNul(int address, int most) {
        int from = at(address, 1);
        int end = (int) Math.min(size - low, (long) from + most + 1);
        int touched = Math.min(octets.length, end);
        for (int i = from; i < touched; i++) {
            if (octets[i] == 0) return Arrays.copyOfRange(octets, from, i);
        }
        if (touched < end) return Arrays.copyOfRange(octets, from, touched); // zeros are beyond
        throw new MemoryFault(address, most + 1L);
    }

    @Override
    public void put16(int address, int value) {
        writeShort(address, (short) value);
    }

    @Override
    public void put32(int address, int value) {
        writeI32(address, value);
    }

    @Override
    public void put64(int address, long value) {
        writeLong(address, value);
    }

    @Override
    public void put(int address, byte[] from, int offset, int length) {
        write(address, from, offset, length);
    }

    @Override
    public void check(int address, int length) {
        checkRange(address, Integer.toUnsignedLong(length));
    }

    // ---- as the program sees it

    @Override
    public byte read(int address) {
        int index = at(address, Byte.BYTES); // first, for it may change the array
        return octets[index];
    }

    @Override
    public void writeByte(int address, byte value) {
        int index = at(address, Byte.BYTES);
        octets[index] = value;
    }

    @Override
    public short readShort(int address) {
        int index = at(address, Short.BYTES);
        return (short) SHORT.get(octets, index);
    }

    @Override
    public long readU16(int address) {
        return Short.toUnsignedLong(readShort(address));
    }

    @Override
    public void writeShort(int address, short value) {
        int index = at(address, Short.BYTES);
        SHORT.set(octets, index, value);
    }

    @Override
    public int readInt(int address) {
        int index = at(address, Integer.BYTES);
        return (int) INT.get(octets, index);
    }

    @Override
    public void writeI32(int address, int value) {
        int index = at(address, Integer.BYTES);
        INT.set(octets, index, value);
    }

    @Override
    public long readLong(int address) {
        int index = at(address, Long.BYTES);
        return (long) LONG.get(octets, index);
    }

    @Override
    public void writeLong(int address, long value) {
        int index = at(address, Long.BYTES);
        LONG.set(octets, index, value);
    }

    @Override
    public float readFloat(int address) {
        int index = at(address, Float.BYTES);
        return (float) FLOAT.get(octets, index);
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public void writeF32(int address, float value) {
        int index = at(address, Float.BYTES);
        FLOAT.set(octets, index, value);
    }

    @Override
    public double readDouble(int address) {
        int index = at(address, Double.BYTES);
        return (double) DOUBLE.get(octets, index);
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public void writeF64(int address, double value) {
        int index = at(address, Double.BYTES);
        DOUBLE.set(octets, index, value);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        int from = range(address, Integer.toUnsignedLong(length));
        return length == 0 ? NOTHING : Arrays.copyOfRange(octets, from, from + length);
    }

    @Override
    public void write(int address, byte[] from, int offset, int length) {
        int to = range(address, Integer.toUnsignedLong(length));
        if (length != 0) System.arraycopy(from, offset, octets, to, length);
    }

    /** memory.fill, with its end where a length would be: an end that has wrapped is before it. */
    @Override
    public void fill(byte value, int from, int to) {
        long length = Integer.toUnsignedLong(to) - Integer.toUnsignedLong(from);
        int first = range(from, length);
        if (length != 0) Arrays.fill(octets, first, first + (int) length, value);
    }

    @Override
    public void copy(int to, int from, int length) {
        long count = Integer.toUnsignedLong(length);
        checkRange(to, count);
        checkRange(from, count);
        if (length == 0) return;
        at(to, length); // the stretch may move, and then both have to be within it
        int source = at(from, length);
        int target = at(to, length);
        System.arraycopy(octets, source, octets, target, length);
    }

    // ---- its size

    @Override
    public int pages() {
        return size >> PAGE_BITS;
    }

    @Override
    public int initialPages() {
        return initialPages;
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    @Override
    public int grow(int more) {
        int before = pages();
        if (more < 0 || more > maximumPages - before) return -1;
        if (more == 0) return before;
        if (!source.take(more)) return -1;
        size = (before + more) << PAGE_BITS;
        return before;
    }

    // ---- what it begins with

    @Override
    public void zero() {
        if (!filled) Arrays.fill(octets, (byte) 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] data) {
        initialize(instance, data, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] data, int memory) {
        if (filled) return;
        filled = true;
        segments = data.clone();
        for (DataSegment segment : data) {
            if (segment instanceof ActiveDataSegment active && active.index() == memory) {
                place(active.data(), offset(instance, active));
            }
        }
    }

    private static int offset(Instance instance, ActiveDataSegment segment) {
        return (int)
                ConstantEvaluators.computeConstantValue(instance, segment.offsetInstructions())[0];
    }

    /** Data may stand in the guard too, where nobody finds it. */
    private void place(byte[] data, int offset) {
        if (offset < 0 || (long) offset + data.length > size) {
            throw new UninstantiableException(
                    "expected data within the memory, found %d octets at %d"
                            .formatted(data.length, Integer.toUnsignedLong(offset)));
        }
        int hidden = Math.clamp((long) GUARD - offset, 0, data.length);
        if (hidden == data.length) return;
        int to = at(offset + hidden, data.length - hidden);
        System.arraycopy(data, hidden, octets, to, data.length - hidden);
    }

    @Override
    public void initPassiveSegment(int segment, int to, int from, int length) {
        byte[] data = segments[segment].data();
        long count = Integer.toUnsignedLong(length);
        if (Integer.toUnsignedLong(from) + count > data.length) {
            throw new WasmRuntimeException("out of bounds memory access");
        }
        write(to, data, from, length);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    // ---- what only shared memories of the threads proposal have

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public Object lock(int address) {
        return this;
    }

    @Override
    public int waitOn(int address, int expected, long timeout) {
        throw new WasmRuntimeException("wait on a memory that is not shared");
    }

    @Override
    public int waitOn(int address, long expected, long timeout) {
        throw new WasmRuntimeException("wait on a memory that is not shared");
    }

    @Override
    public int notify(int address, int most) {
        return 0;
    }
}
