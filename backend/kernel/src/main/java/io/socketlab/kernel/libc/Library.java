package io.socketlab.kernel.libc;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** The C library of one host. */
public final class Library implements LibraryEnvironment {

    private static final int SIXTEEN_BITS = 1 << 16;

    private final LongSupplier clock;
    private final Chance chance;
    private final ToIntFunction<Ipv4Address> prefixLengths;

    /**
     * @param clock virtual nanoseconds
     * @param prefixLengths the prefix length that goes with an address of the host
     */
    public Library(LongSupplier clock, Chance chance, ToIntFunction<Ipv4Address> prefixLengths) {
        this.clock = clock;
        this.chance = chance;
        this.prefixLengths = prefixLengths;
    }

    @Override
    public long now() {
        return clock.getAsLong();
    }

    @Override
    public int random16() {
        return chance.nextInt(SIXTEEN_BITS);
    }

    @Override
    public int prefixLength(Ipv4Address own) {
        return prefixLengths.applyAsInt(own);
    }
}
