package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;

/**
 * How many connections without a program a host puts up with: net.ipv4.tcp_max_orphans. Linux's
 * tcp_check_oom() and tcp_out_of_resources(); the count is exact here, up to 100 ms old there.
 */
final class Orphans {

    private static final long RECENT = 60_000 * RttEstimator.MS;

    private Orphans() {}

    /** Whether there are, each counting for {@code 1 << weight}. */
    static boolean areTooMany(Connection c, int weight) {
        return (long) c.layer.orphans() << weight > c.tunables().maxOrphans;
    }

    /**
     * An orphan has timed out: it goes if there are too many, the sooner the less sense it makes to
     * keep it. Answers whether it is gone.
     *
     * @param tell whether the peer may still be there to be told
     */
    static boolean endedEarly(Connection c, boolean tell) {
        long silence = c.now() - c.tcb.snd.lastAt;
        int weight = silence > 2 * c.rtt.maxRto() || !tell ? 1 : 0;
        if (c.softError != null) weight++;
        if (!areTooMany(c, weight)) return false;
        boolean closedWindow = c.tcb.snd.wnd == 0 && c.sent.segments() == 0;
        giveUp(c, tell || silence <= RECENT || closedWindow);
        return true;
    }

    static void giveUp(Connection c, boolean tell) {
        if (tell) c.output.sendReset(Rule.LINUX_ORPHANS, null);
        c.count(TcpCounter.ABORT_ON_MEMORY);
        c.clearSendQueue();
        String why = null;
        if (c.isTraced()) why = c.layer.orphans() + " of at most " + c.tunables().maxOrphans;
        c.close(Rule.LINUX_ORPHANS, why);
    }
}
