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
 * Linear memory in one array, whose first octets no pointer points to. WebAssembly has memory at
 * address 0 as everywhere; a process has not, and a program that follows NULL is to be stopped as
 * it would be by SIGSEGV.
 *
 * <p>The threads of a process share one: the first instance fills it, and those after it find it as
 * it is. They run in turns, so nothing here is atomic.
 */
@SuppressWarnings("removal") // methods that have to be there until Chicory drops them
final class GuardedMemory implements Memory, ProgramMemory {

    /** So many octets from 0 on: NULL, and members of structures as large as this. */
    static final int GUARD = 1024;

    private static final int PAGE_BITS = 16;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private final int initialPages;
    private final int maximumPages;
    private final PageSource source;
    private byte[] octets;
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
        this.octets = new byte[initialPages << PAGE_BITS];
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** One comparison does for both ends: what is before the guard is far behind it, unsigned. */
    private int at(int address, int length) {
        if (Integer.compareUnsigned(address - GUARD, octets.length - GUARD - length) > 0) {
            throw new MemoryFault(address, length);
        }
        return address;
    }

    private void checkRange(int address, long length) {
        long from = Integer.toUnsignedLong(address);
        if (length != 0 && (length < 0 || from < GUARD || from + length > octets.length)) {
            throw new MemoryFault(address, length);
        }
    }

    // ---- as the kernel sees it

    @Override
    public int size() {
        return octets.length;
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
        at(address, 1);
        int end = (int) Math.min(octets.length, (long) address + most + 1);
        for (int i = address; i < end; i++) {
            if (octets[i] == 0) return Arrays.copyOfRange(octets, address, i);
        }
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
        return octets[at(address, Byte.BYTES)];
    }

    @Override
    public void writeByte(int address, byte value) {
        octets[at(address, Byte.BYTES)] = value;
    }

    @Override
    public short readShort(int address) {
        return (short) SHORT.get(octets, at(address, Short.BYTES));
    }

    @Override
    public long readU16(int address) {
        return Short.toUnsignedLong(readShort(address));
    }

    @Override
    public void writeShort(int address, short value) {
        SHORT.set(octets, at(address, Short.BYTES), value);
    }

    @Override
    public int readInt(int address) {
        return (int) INT.get(octets, at(address, Integer.BYTES));
    }

    @Override
    public void writeI32(int address, int value) {
        INT.set(octets, at(address, Integer.BYTES), value);
    }

    @Override
    public long readLong(int address) {
        return (long) LONG.get(octets, at(address, Long.BYTES));
    }

    @Override
    public void writeLong(int address, long value) {
        LONG.set(octets, at(address, Long.BYTES), value);
    }

    @Override
    public float readFloat(int address) {
        return (float) FLOAT.get(octets, at(address, Float.BYTES));
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public void writeF32(int address, float value) {
        FLOAT.set(octets, at(address, Float.BYTES), value);
    }

    @Override
    public double readDouble(int address) {
        return (double) DOUBLE.get(octets, at(address, Double.BYTES));
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public void writeF64(int address, double value) {
        DOUBLE.set(octets, at(address, Double.BYTES), value);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        checkRange(address, Integer.toUnsignedLong(length));
        return length == 0 ? new byte[0] : Arrays.copyOfRange(octets, address, address + length);
    }

    @Override
    public void write(int address, byte[] from, int offset, int length) {
        checkRange(address, Integer.toUnsignedLong(length));
        if (length != 0) System.arraycopy(from, offset, octets, address, length);
    }

    /** memory.fill, with its end where a length would be: an end that has wrapped is before it. */
    @Override
    public void fill(byte value, int from, int to) {
        long length = Integer.toUnsignedLong(to) - Integer.toUnsignedLong(from);
        checkRange(from, length);
        if (length != 0) Arrays.fill(octets, from, to, value);
    }

    @Override
    public void copy(int to, int from, int length) {
        long count = Integer.toUnsignedLong(length);
        checkRange(to, count);
        checkRange(from, count);
        if (length != 0) System.arraycopy(octets, from, octets, to, length);
    }

    // ---- its size

    @Override
    public int pages() {
        return octets.length >> PAGE_BITS;
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
        octets = Arrays.copyOf(octets, (before + more) << PAGE_BITS);
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
        if (offset < 0 || (long) offset + data.length > octets.length) {
            throw new UninstantiableException(
                    "expected data within the memory, found %d octets at %d"
                            .formatted(data.length, Integer.toUnsignedLong(offset)));
        }
        System.arraycopy(data, 0, octets, offset, data.length);
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
