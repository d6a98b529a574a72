package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.wire.Ipv4Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Puts fragments together again. RFC 791 §3.2, RFC 5722 on overlaps, net/ipv4/ip_fragment.c. */
final class Reassembly {

    /** net.ipv4.ipfrag_time. */
    private static final long TIMEOUT = 30_000_000_000L;

    private record Key(int src, int dst, int protocol, int identification) {}

    private record Fragment(int offset, PacketBuffer packet) {
        int end() {
            return offset + packet.length();
        }
    }

    /** The octets after a header of the longest IP packet. */
    private static final int MAX_OCTETS = 65_535 - Ipv4Header.SIZE;

    private final EventLoop loop;
    private final IntFunction<PacketBuffer> newPacket;
    private final BiConsumer<Ipv4Header, PacketBuffer> onTimeout;
    // looked up and never iterated over
    private final Map<Key, Pending> pending = new HashMap<>();

    /**
     * @param newPacket makes a packet for that many octets
     * @param onTimeout is told of a packet that never became whole, by the first fragment that came
     */
    Reassembly(
            EventLoop loop,
            IntFunction<PacketBuffer> newPacket,
            BiConsumer<Ipv4Header, PacketBuffer> onTimeout) {
        this.loop = loop;
        this.newPacket = newPacket;
        this.onTimeout = onTimeout;
    }

    /**
     * Takes a fragment, positioned after its header; answers the whole packet when this was the
     * last.
     */
    @Nullable PacketBuffer add(Ipv4Header header, PacketBuffer packet) {
        var key = new Key(header.src(), header.dst(), header.protocol(), header.identification());
        Pending entry = pending.computeIfAbsent(key, k -> new Pending(k, header, packet));
        return entry.add(new Fragment(header.fragmentOffset(), packet), header.moreFragments());
    }

    /** Packets of which parts have come. */
    int incomplete() {
        return pending.size();
    }

    private final class Pending {

        private final Key key;
        private final Ipv4Header header;
        private final PacketBuffer firstToCome;
        private final Timer timeout;
        private final List<Fragment> fragments = new ArrayList<>();
        private int total = -1;
        private int have;

        Pending(Key key, Ipv4Header header, PacketBuffer firstToCome) {
            this.key = key;
            this.header = header;
            this.firstToCome = firstToCome;
            this.timeout = new Timer(loop, this::expired);
            timeout.start(TIMEOUT);
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
            if (fragment.packet.length() == 0 || end > MAX_OCTETS) return false;
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
            onTimeout.accept(header, firstToCome);
        }
    }
}
