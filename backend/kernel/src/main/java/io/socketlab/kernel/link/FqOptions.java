package io.socketlab.kernel.link;

/**
 * What may be set of {@link Fq}, with the defaults of net/sched/sch_fq.c. tc-fq(8).
 *
 * @param limit packets of each band
 * @param flowLimit packets of each flow
 * @param quantum octets that a flow may send in its turn
 * @param initialQuantum octets that a new flow may send at once
 * @param maxRate octets a second of each flow, {@link PacketOwner#UNLIMITED} for no limit
 * @param pacing whether flows are held to a rate at all
 * @param horizon nanoseconds: how far ahead a packet's time may be
 * @param dropsBeyondHorizon what is further ahead is refused, instead of sent at the horizon
 */
public record FqOptions(
        int limit,
        int flowLimit,
        int quantum,
        int initialQuantum,
        long maxRate,
        boolean pacing,
        long horizon,
        boolean dropsBeyondHorizon) {

    /** An Ethernet frame, header included: psched_mtu(). */
    private static final int FRAME = 1514;

    /** What {@code tc qdisc replace dev … root fq} sets. */
    public static final FqOptions DEFAULT =
            new FqOptions(
                    10_000,
                    100,
                    2 * FRAME,
                    10 * FRAME,
                    PacketOwner.UNLIMITED,
                    true,
                    10_000_000_000L,
                    true);

    public FqOptions {
        if (limit < 0 || flowLimit < 0) throw new IllegalArgumentException("a limit below 0");
        if (quantum < 1) throw new IllegalArgumentException("quantum " + quantum);
        if (initialQuantum < 0)
            throw new IllegalArgumentException("initial_quantum " + initialQuantum);
        if (maxRate < 1) throw new IllegalArgumentException("maxrate " + maxRate);
        if (horizon < 0) throw new IllegalArgumentException("horizon " + horizon);
    }
}
