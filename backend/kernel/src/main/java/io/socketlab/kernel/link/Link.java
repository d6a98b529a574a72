package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.Trace;
import java.util.function.IntSupplier;

/** A full-duplex link between two NICs. */
public final class Link {

    private Link() {}

    /**
     * Joins {@code a} and {@code b}.
     *
     * @param chance the link's own, from which each direction takes a stream
     * @param packetNumbers numbers the copies that a duplicating link makes
     */
    public static void join(
            LinkParameters link,
            Nic a,
            Nic b,
            Chance chance,
            EventLoop loop,
            Trace trace,
            IntSupplier packetNumbers) {
        var environment = new Wire.Environment(loop, trace, packetNumbers);
        Port endA = a.port();
        Port endB = b.port();
        endA.connect(new Wire(link, a.host(), endA, endB, chance.fork(a.host()), environment));
        endB.connect(new Wire(link, b.host(), endB, endA, chance.fork(b.host()), environment));
    }
}
