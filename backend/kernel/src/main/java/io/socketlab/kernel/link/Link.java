package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.Chance;

/** A full-duplex link between two NICs. */
public final class Link {

    private Link() {}

    /**
     * Joins {@code a} and {@code b}.
     *
     * @param chance the link's own, from which each direction takes a stream
     * @param wiring to which its two directions belong
     */
    public static void join(LinkParameters link, Nic a, Nic b, Chance chance, Wiring wiring) {
        Port endA = a.port();
        Port endB = b.port();
        endA.connect(new Wire(link, a.host(), endA, endB, chance.fork(a.host()), wiring));
        endB.connect(new Wire(link, b.host(), endB, endA, chance.fork(b.host()), wiring));
    }
}
