package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.Icmpv6Message;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What waits for recvmsg(MSG_ERRQUEUE). recv(2), net/core/skbuff.c, sock_queue_err_skb(). */
public final class ErrorQueue {

    /**
     * @param data what the error is about: of the packet, as much as comes back
     * @param from where that packet was sent to, for msg_name
     * @param offender who reported it
     * @param stampedAt virtual nanoseconds, or {@link SocketOptions#NOT_STAMPED}
     * @param arrival of the ICMP error
     */
    public record Entry(
            byte[] data,
            ExtendedError error,
            Optional<Endpoint> from,
            Optional<Endpoint> offender,
            long stampedAt,
            Optional<PacketArrival> arrival) {

        /**
         * An error of this host's own, such as EMSGSIZE: ip_local_error().
         *
         * @param mtu octets that would have fitted
         * @param to where the packet was to go
         */
        public static Entry local(Errno errno, int mtu, Endpoint to) {
            var error =
                    new ExtendedError(
                            errno.number(), ExtendedError.SO_EE_ORIGIN_LOCAL, 0, 0, mtu, 0);
            return new Entry(
                    new byte[0],
                    error,
                    Optional.of(to),
                    Optional.empty(),
                    SocketOptions.NOT_STAMPED,
                    Optional.empty());
        }

        /**
         * An ICMP error.
         *
         * @param quoted what it quotes of the packet's payload
         * @param to where that packet was sent
         * @param arrival of the error
         * @param stampedAt virtual nanoseconds, or {@link SocketOptions#NOT_STAMPED}
         */
        public static Entry icmp(
                IcmpReport message,
                Errno errno,
                byte[] quoted,
                Endpoint to,
                PacketArrival arrival,
                long stampedAt) {
            var error =
                    new ExtendedError(
                            errno.number(),
                            message instanceof Icmpv6Message
                                    ? ExtendedError.SO_EE_ORIGIN_ICMP6
                                    : ExtendedError.SO_EE_ORIGIN_ICMP,
                            message.type(),
                            message.code(),
                            message.isTooBig() ? message.nextHopMtu() : 0,
                            0);
            return new Entry(
                    quoted,
                    error,
                    Optional.of(to),
                    Optional.of(new Endpoint(arrival.ip().source(), 0)),
                    stampedAt,
                    Optional.of(arrival));
        }
    }

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private int memory;

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public void clear() {
        entries.clear();
        memory = 0;
    }

    /** Zero-copy notifications in it: each keeps its share of net.core.optmem_max. */
    public int zerocopyNotifications() {
        int count = 0;
        for (Entry entry : entries) if (isZerocopy(entry)) count++;
        return count;
    }

    /**
     * @param room octets of memory the queue may take; what does not fit is lost
     */
    public boolean add(Entry entry, int room) {
        int cost = PacketMemory.of(entry.data.length);
        if (memory + cost >= room) return false;
        memory += cost;
        entries.add(entry);
        return true;
    }

    /** A range of zero-copy sends is complete: told with the one before it, if it joins on. */
    public void addZerocopy(ExtendedError completed) {
        Entry last = entries.peekLast();
        if (last != null && isZerocopy(last) && last.error.data() + 1 == completed.info()) {
            entries.removeLast();
            ExtendedError e = last.error;
            entries.add(
                    zerocopy(
                            new ExtendedError(
                                    0, e.origin(), 0, e.code(), e.info(), completed.data())));
        } else {
            entries.add(zerocopy(completed));
        }
    }

    private static Entry zerocopy(ExtendedError error) {
        return new Entry(
                new byte[0],
                error,
                Optional.empty(),
                Optional.empty(),
                SocketOptions.NOT_STAMPED,
                Optional.empty());
    }

    private static boolean isZerocopy(Entry entry) {
        return entry.error.origin() == ExtendedError.SO_EE_ORIGIN_ZEROCOPY;
    }

    /** What SO_ERROR says once the first has been taken: the next ICMP error's number, or 0. */
    public int nextIcmpErrno() {
        Entry next = entries.peek();
        return next != null && next.error.isIcmp() ? next.error.errno() : 0;
    }

    /** Takes the first off; null if there is none. */
    @Nullable Entry take() {
        Entry entry = entries.poll();
        if (entry != null && !isZerocopy(entry)) memory -= PacketMemory.of(entry.data.length);
        return entry;
    }
}
