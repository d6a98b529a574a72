package io.socketlab.sandbox.engine;

/** A program's pointer that points to nothing: what Linux answers with EFAULT or SIGSEGV. */
public final class MemoryFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int address;
    private final long length;

    MemoryFault(int address, long length) {
        super(null, null, false, false); // raised by programs at will: no stack is looked at
        this.address = address;
        this.length = length;
    }

    /** Where it points to, unsigned. */
    public long address() {
        return Integer.toUnsignedLong(address);
    }

    /** Octets that were to be read or written there. */
    public long length() {
        return length;
    }

    /** Whether it is NULL, or a member of what NULL points to. */
    public boolean isNull() {
        return address() < GuardedMemory.GUARD;
    }

    @Override
    public String getMessage() {
        String octets = length == 1 ? "1 octet" : length + " octets";
        return isNull()
                ? "%s at NULL%s".formatted(octets, address == 0 ? "" : " + " + address)
                : "%s at 0x%x, where there is no memory".formatted(octets, address());
    }
}
