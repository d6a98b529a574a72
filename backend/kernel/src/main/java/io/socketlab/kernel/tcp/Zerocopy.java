package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.ErrorQueue;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.wait.EventMask;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the sends with MSG_ZEROCOPY and tells of those that are complete, by the error queue. As
 * on tun and loopback devices the octets are copied in the end, and the notification says so.
 * Documentation/networking/msg_zerocopy.rst, net/core/skbuff.c.
 */
final class Zerocopy {

    /** A record refers to at most so many pages: MAX_SKB_FRAGS. */
    static final int MAX_PAGES = 17;

    static final int PAGE = 4096;

    private static final int MAX_OCTETS = 1 << 19;
    private static final int MAX_SENDS = 65_534;

    /** Memory of one notification, and what one more must find free of net.core.optmem_max. */
    private static final int NOTIFICATION = 960;

    private static final int NEXT_NOTIFICATION = 576;

    private final Connection c;
    private int next;
    private int outstanding;

    Zerocopy(Connection c) {
        this.c = c;
    }

    /** A send of {@code octets} begins; null where there is no memory for its notification. */
    @Nullable ZerocopyRange begin(int octets) {
        ZerocopyRange last = lastUnsent();
        if (last != null
                && last.first + last.sends == next
                && last.sends < MAX_SENDS
                && last.octets + octets <= MAX_OCTETS) {
            last.sends++;
            last.octets += octets;
            last.references++;
            next++;
            return last;
        }
        int queued = c.settings.base.errorQueue().zerocopyNotifications();
        int memory = (outstanding + queued) * NOTIFICATION;
        if (memory + NEXT_NOTIFICATION > c.tunables().optmemMax) return null;
        outstanding++;
        return new ZerocopyRange(next++, octets);
    }

    private @Nullable ZerocopyRange lastUnsent() {
        if (c.sendBuffer.isEmpty()) return null;
        SendNotice notice = c.sendBuffer.unsent().last().notice;
        return notice == null ? null : notice.range;
    }

    /** The call is over; one that handed over nothing has not been made. */
    void endOfCall(ZerocopyRange range, boolean handedOver) {
        if (!handedOver) {
            range.sends--;
            next--;
        }
        release(range);
    }

    void release(ZerocopyRange range) {
        if (--range.references > 0) return;
        outstanding--;
        if (range.sends == 0 || c.orphan) return;
        ErrorQueue queue = c.settings.base.errorQueue();
        queue.addZerocopy(
                new ExtendedError(
                        0,
                        ExtendedError.SO_EE_ORIGIN_ZEROCOPY,
                        0,
                        ExtendedError.SO_EE_CODE_ZEROCOPY_COPIED,
                        range.first,
                        range.first + range.sends - 1));
        c.wake(EventMask.ERR);
    }
}
