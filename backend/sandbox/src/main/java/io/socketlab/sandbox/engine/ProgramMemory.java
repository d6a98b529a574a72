package io.socketlab.sandbox.engine;

/**
 * The memory of a program, as the kernel copies from it and to it. Addresses and lengths are a
 * program's, so they are whatever it likes, and unsigned; what is stored is little-endian.
 *
 * <p>Every access that leaves the memory, or that touches the octets at its beginning that no
 * pointer points to, throws {@link MemoryFault}: a kernel call answers it with EFAULT. An access of
 * no octets is always right.
 */
public interface ProgramMemory {

    /** Octets. */
    int size();

    byte octet(int address);

    int int16(int address);

    int int32(int address);

    long int64(int address);

    /** A copy, made only after it is sure that there is so much to be copied. */
    byte[] octets(int address, int length);

    /**
     * What stands there up to a NUL.
     *
     * @param most octets before the NUL
     * @throws MemoryFault also if no NUL comes before the end of the memory or that limit
     */
    byte[] untilNul(int address, int most);

    void put16(int address, int value);

    void put32(int address, int value);

    void put64(int address, long value);

    void put(int address, byte[] from, int offset, int length);

    /** Throws if there are not {@code length} octets that can be written. */
    void check(int address, int length);
}
