package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragments together again. RFC 791 §3.2, RFC 8200 §4.5, RFC 5722 on overlaps;
 * net/ipv4/ip_fragment.c, net/ipv6/reassembly.c.
 *
 * @param <H> the header of either version of IP
 */
final class Reassembly<H extends IpHeader> {

    /** What fragments of one packet have in common. */
    record Key(IpAddress src, IpAddress dst, int protocol, int identification) {}

    /** Is told of a packet that never became whole. */
    @FunctionalInterface
    interface Expiry<H> {

        /**
         * @param header of the fragment that came first
         * @param beginning the fragment that the packet begins with, null if it did not come
         * @param any the fragment that came first
         */
        void expired(H header, @Nullable PacketBuffer beginning, PacketBuffer any);
    }

    private record Fragment(int offset, PacketBuffer packet) {
        int end() {
            return offset + packet.length();
        }
    }

    private final EventLoop loop;
    private final long timeoutNanos;
    private final int maxOctets;
    private final IntFunction<PacketBuffer> newPacket;
    private final Expiry<H> onTimeout;
    // looked up and never iterated over
    private final Map<Key, Pending> pending = new HashMap<>();

    /**
     * @param maxOctets after the header of the longest packet
     * @param newPacket makes a packet for that many octets
     */
    Reassembly(
            EventLoop loop,
            long timeoutNanos,
            int maxOctets,
            IntFunction<PacketBuffer> newPacket,
            Expiry<H> onTimeout) {
        this.loop = loop;
        this.timeoutNanos = timeoutNanos;
        this.maxOctets = maxOctets;
        this.newPacket = newPacket;
        this.onTimeout = onTimeout;
    }

    /**
     * Takes a fragment, positioned after its header; answers the whole packet when this was the
     * last.
     */
    @Nullable PacketBuffer add(
            Key key, H header, PacketBuffer packet, int offset, boolean moreFollow) {
        Pending entry = pending.computeIfAbsent(key, k -> new Pending(k, header, packet));
        return entry.add(new Fragment(offset, packet), moreFollow);
    }

    /** Nothing has come. */
    void clear() {
        pending.values().forEach(entry -> entry.timeout.stop());
        pending.clear();
    }

    /** Packets of which parts have come. */
    int incomplete() {
        return pending.size();
    }

    private final class Pending {

        private final Key key;
        private final H header;
        private final PacketBuffer firstToCome;
        private final Timer timeout;
        private final List<Fragment> fragments = new ArrayList<>();
        private int total = -1;
        private int have;

        Pending(Key key, H header, PacketBuffer firstToCome) {
            this.key = key;
            this.header = header;
            this.firstToCome = firstToCome;
            this.timeout = new Timer(loop, this::expired);
            timeout.start(timeoutNanos);
        }

        @Nullable PacketBuffer add(Fragment fragment, boolean moreFollow) {
            int at = 0;
            while (at < fragments.size() && fragments.get(at).offset < fragment.offset) at++;
            boolean overlaps =
                    at > 0 && fragments.get(at - 1).end() > fragment.offset
                            || at < fragments.size() && fragments.get(at).offset < fragment.end();
            // a duplicate; or an attack, which then times out
            if (overlaps || !canBelong(fragment, moreFollow)) return null;
            fragments.add(at, fragment);
            have += fragment.packet.length();
            if (!moreFollow) total = fragment.end();
            return have == total ? whole() : null;
        }

        /** Nothing lies beyond the last fragment, nor beyond what an IP packet can be. */
        private boolean canBelong(Fragment fragment, boolean moreFollow) {
            int end = fragment.end();
            if (fragment.packet.length() == 0 || end > maxOctets) return false;
            if (total >= 0) return moreFollow && end <= total;
            return moreFollow || fragments.isEmpty() || fragments.getLast().end() <= end;
        }

        private PacketBuffer whole() {
            timeout.stop();
            pending.remove(key);
            PacketBuffer whole = newPacket.apply(total);
            for (Fragment f : fragments) {
                System.arraycopy(
                        f.packet.octets(),
                        f.packet.start(),
                        whole.octets(),
                        whole.start() + f.offset,
                        f.packet.length());
                if (f.packet.corrupted()) whole.corrupt();
            }
            return whole.as(fragments.getFirst().packet);
        }

        private void expired() {
            pending.remove(key);
            boolean begun = !fragments.isEmpty() && fragments.getFirst().offset == 0;
            onTimeout.expired(header, begun ? fragments.getFirst().packet : null, firstToCome);
        }
    }
}
