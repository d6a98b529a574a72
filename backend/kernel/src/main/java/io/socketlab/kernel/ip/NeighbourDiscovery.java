package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.Octets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds out which MAC address a neighbour has: asks all who may have the address, and keeps what
 * waits for the answer. RFC 4861 §7.2, net/ipv6/ndisc.c.
 */
final class NeighbourDiscovery {

    /** net.ipv6.neigh.default: mcast_solicit, retrans_time_ms and unres_qlen. */
    private static final int SOLICITATIONS = 3;

    private static final long RETRANSMIT = 1_000_000_000L;
    private static final int QUEUE = 101;

    /** What nobody off the link can have sent. RFC 4861 §7.1. */
    private static final int HOP_LIMIT = 255;

    private static final int TARGET_AT = 8;
    private static final int OPTIONS_AT = TARGET_AT + Ipv6Address.SIZE;
    private static final int OPTION_SIZE = 8;
    private static final int SOURCE_LINK_ADDRESS = 1;
    private static final int TARGET_LINK_ADDRESS = 2;
    private static final int SOLICITED = 1 << 30;
    private static final int OVERRIDE = 1 << 29;

    private static final long UNKNOWN = -1;
    private static final long MULTICAST = 0x3333L << 32;

    private final Ipv6 ip;
    private final Nic nic;
    private final EventLoop loop;
    private final Map<Ipv6Address, Neighbour> neighbours = new LinkedHashMap<>();

    NeighbourDiscovery(Ipv6 ip, Nic nic, EventLoop loop) {
        this.ip = ip;
        this.nic = nic;
        this.loop = loop;
    }

    /** {@code ip -6 neigh add … nud permanent}. */
    void add(Ipv6Address address, long mac) {
        neighbour(address).mac = mac;
    }

    /** Those whose MAC address is known, in the order in which they were asked for. */
    Map<Ipv6Address, Long> known() {
        var known = new LinkedHashMap<Ipv6Address, Long>();
        neighbours.forEach((address, n) -> {
            if (n.mac != UNKNOWN) known.put(address, n.mac);
        });
        return known;
    }

    private Neighbour neighbour(Ipv6Address address) {
        return neighbours.computeIfAbsent(address, Neighbour::new);
    }

    /**
     * Sends a packet, positioned at its IP header, to a neighbour, as soon as it is known which MAC
     * address that has. Answers false where the queueing discipline refused it.
     */
    boolean send(PacketBuffer packet, Ipv6Address nextHop) {
        if (nextHop.isMulticast()) {
            long group = MULTICAST | nextHop.low() & 0xFFFF_FFFFL;
            return nic.send(packet, group, EthernetHeader.IPV6);
        }
        Neighbour neighbour = neighbour(nextHop);
        if (neighbour.mac != UNKNOWN) {
            return nic.send(packet, neighbour.mac, EthernetHeader.IPV6);
        }
        neighbour.await(packet);
        return true;
    }

    /** One whose address is asked for, or known. */
    private final class Neighbour {

        private final Ipv6Address address;
        private final ArrayDeque<PacketBuffer> waiting = new ArrayDeque<>(1);
        private final Timer timer = new Timer(loop, this::solicit);
        private long mac = UNKNOWN;
        private int solicitations;

        Neighbour(Ipv6Address address) {
            this.address = address;
        }

        void await(PacketBuffer packet) {
            if (waiting.size() == QUEUE) waiting.remove();
            waiting.add(packet);
            if (timer.isRunning()) return;
            solicitations = 0;
            solicit();
        }

        private void solicit() {
            if (solicitations++ == SOLICITATIONS) {
                while (!waiting.isEmpty()) ip.unresolved(waiting.remove());
                return;
            }
            PacketBuffer first = waiting.peek();
            if (first == null) return;
            Ipv6Address source =
                    Ipv6Address.read(first.octets(), first.start() + Ipv6Header.SIZE - 32);
            sendMessage(
                    new Icmpv6Message(Icmpv6Message.NEIGHBOUR_SOLICITATION, 0, 0),
                    address,
                    SOURCE_LINK_ADDRESS,
                    source,
                    address.solicitedNode());
            timer.start(RETRANSMIT);
        }

        void found(long linkAddress) {
            mac = linkAddress;
            timer.stop();
            while (!waiting.isEmpty()) nic.send(waiting.remove(), mac, EthernetHeader.IPV6);
        }
    }

    private void sendMessage(
            Icmpv6Message message,
            Ipv6Address target,
            int option,
            Ipv6Address src,
            Ipv6Address dst) {
        PacketBuffer packet = ip.newPacket(OPTIONS_AT + OPTION_SIZE);
        byte[] octets = packet.octets();
        int at = packet.start();
        target.writeTo(octets, at + TARGET_AT);
        octets[at + OPTIONS_AT] = (byte) option;
        octets[at + OPTIONS_AT + 1] = 1; // its length, in units of 8 octets
        Octets.putShort(octets, at + OPTIONS_AT + 2, (int) (nic.address() >>> 32));
        Octets.putInt(octets, at + OPTIONS_AT + 4, (int) nic.address());
        ip.icmp().write(packet, message, src, dst, 0, Rule.RFC4861_ADDRESS_RESOLUTION);
        ip.send(packet, new Delivery(src, dst, Ipv6Header.ICMPV6, HOP_LIMIT, 0, false), dst);
    }

    /** A solicitation or an advertisement; {@code packet} is positioned at its ICMPv6 header. */
    void receive(Ipv6Header header, Icmpv6Message message, PacketBuffer packet) {
        boolean valid =
                header.hopLimit() == HOP_LIMIT
                        && message.code() == 0
                        && packet.length() >= OPTIONS_AT;
        if (!valid) return;
        Ipv6Address target = Ipv6Address.read(packet.octets(), packet.start() + TARGET_AT);
        if (message.type() == Icmpv6Message.NEIGHBOUR_SOLICITATION)
            solicited(header, target, packet);
        else advertised(target, packet);
    }

    private void solicited(Ipv6Header header, Ipv6Address target, PacketBuffer packet) {
        if (!ip.isLocal(target) || target.isLoopback()) return;
        Ipv6Address asker = header.source();
        long mac = linkAddress(packet, SOURCE_LINK_ADDRESS);
        if (!asker.isAny() && mac != UNKNOWN) neighbour(asker).found(mac);
        // who asks without an address wants to know whether the one it will take is free
        boolean toAll = asker.isAny();
        sendMessage(
                new Icmpv6Message(
                        Icmpv6Message.NEIGHBOUR_ADVERTISEMENT,
                        0,
                        toAll ? OVERRIDE : SOLICITED | OVERRIDE),
                target,
                TARGET_LINK_ADDRESS,
                target,
                toAll ? Ipv6Address.ALL_NODES : asker);
    }

    /** Only of those that are asked for: RFC 4861 §7.2.5. */
    private void advertised(Ipv6Address target, PacketBuffer packet) {
        Neighbour asked = neighbours.get(target);
        long mac = linkAddress(packet, TARGET_LINK_ADDRESS);
        if (asked != null && mac != UNKNOWN) asked.found(mac);
    }

    /** What the option of that type says, or {@link #UNKNOWN}. */
    private static long linkAddress(PacketBuffer packet, int type) {
        byte[] octets = packet.octets();
        int at = packet.start() + OPTIONS_AT;
        while (at + OPTION_SIZE <= packet.end()) {
            int length = OPTION_SIZE * (octets[at + 1] & 0xFF);
            if (length == 0) return UNKNOWN;
            if ((octets[at] & 0xFF) == type) {
                return (long) Octets.getShort(octets, at + 2) << 32
                        | Octets.getInt(octets, at + 4) & 0xFFFF_FFFFL;
            }
            at += length;
        }
        return UNKNOWN;
    }
}
