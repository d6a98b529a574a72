package io.socketlab.sandbox.program;

import io.socketlab.sandbox.engine.MemoryFault;
import io.socketlab.sandbox.engine.ProgramMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program's memory as calls use it: addresses and lengths are the low 32 bits of whatever the
 * program gave, and what is not the program's throws {@link MemoryFault}, which is EFAULT. It can
 * write down what calls store, for a child of fork(2).
 */
final class UserMemory {

    /** What a call stored. */
    record Stored(int address, byte[] octets) {}

    private final ProgramMemory memory;
    private @Nullable List<Stored> written;
    private long copied;

    UserMemory(ProgramMemory memory) {
        this.memory = memory;
    }

    /** From now on what is stored is written down. */
    void writeDown() {
        written = new ArrayList<>();
    }

    /** What has been stored since this was asked last; nothing if it is not written down. */
    List<Stored> takeWritten() {
        List<Stored> taken = written;
        if (taken == null || taken.isEmpty()) return List.of();
        written = new ArrayList<>();
        return taken;
    }

    /** How many octets have been copied either way since this was asked last. */
    long takeCopied() {
        long taken = copied;
        copied = 0;
        return taken;
    }

    private void note(int address, byte[] octets, int from, int count) {
        if (written == null) return;
        byte[] copy = new byte[count];
        System.arraycopy(octets, from, copy, 0, count);
        written.add(new Stored(address, copy));
    }

    /** Whether {@code length} octets from {@code address} are the program's. */
    boolean has(long address, long length) {
        try {
            memory.check((int) address, (int) length);
            return true;
        } catch (MemoryFault e) {
            return false;
        }
    }

    byte[] octets(long address, long length) {
        byte[] octets = memory.octets((int) address, (int) length);
        copied += octets.length;
        return octets;
    }

    int int32(long address) {
        return memory.int32((int) address);
    }

    /** Without sign. */
    int int16(long address) {
        return memory.int16((int) address) & 0xFFFF;
    }

    long int64(long address) {
        return memory.int64((int) address);
    }

    /** Up to a NUL. */
    String text(long address, int most) {
        return new String(memory.untilNul((int) address, most), StandardCharsets.UTF_8);
    }

    void put(long address, byte[] octets) {
        put(address, octets, 0, octets.length);
    }

    void put(long address, byte[] octets, int from, int count) {
        memory.put((int) address, octets, from, count);
        copied += count;
        note((int) address, octets, from, count);
    }

    void put16(long address, int value) {
        put(address, new byte[] {(byte) value, (byte) (value >> 8)});
    }

    void put32(long address, int value) {
        byte[] octets = new byte[Integer.BYTES];
        for (int i = 0; i < octets.length; i++) octets[i] = (byte) (value >> 8 * i);
        put(address, octets);
    }

    void put64(long address, long value) {
        byte[] octets = new byte[Long.BYTES];
        for (int i = 0; i < octets.length; i++) octets[i] = (byte) (value >> 8 * i);
        put(address, octets);
    }
}
