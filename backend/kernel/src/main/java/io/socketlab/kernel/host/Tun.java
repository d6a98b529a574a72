package io.socketlab.kernel.host;

import io.socketlab.kernel.link.Link;
import io.socketlab.kernel.link.LinkParameters;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import java.util.List;

/**
 * The far end of a host's link in the hands of a program, as Linux's tun device is: it takes each
 * IP packet that the host sends, and puts packets of its own on the link. The link has no delay and
 * no limit.
 */
public final class Tun {

    private static final String NAME = "tun0";
    private static final long ADDRESS = 0x0200_0000_FFFEL;
    private static final int QUEUE = NicSettings.MAX_RING;
    private static final NicSettings RINGS = NicSettings.DEFAULT.withRings(QUEUE, QUEUE);

    /** Takes the packets that come out of the host. */
    @FunctionalInterface
    public interface Reader {

        /**
         * @param packet positioned at its IP header; not to be kept
         */
        void packet(PacketBuffer packet);
    }

    private final Network network;
    private final Host host;
    private final Nic nic;

    Tun(Network network, Host host, IpAddress gateway, Reader reader) {
        this.network = network;
        this.host = host;
        nic =
                new Nic(
                        NAME,
                        NAME,
                        ADDRESS,
                        host.nic().mtu(),
                        RINGS,
                        network.loop(),
                        network.trace());
        nic.handler((packet, _) -> reader.packet(packet));
        Link.join(
                new LinkParameters(NAME, 0, 0, QUEUE, List.of()),
                host.nic(),
                nic,
                network.chance("link " + NAME),
                network.wiring());
        host.ip().gateway(gateway);
        answerFor(gateway);
    }

    /** Takes {@code neighbour} for a host on the link. */
    public void answerFor(IpAddress neighbour) {
        switch (neighbour) {
            case Ipv4Address ipv4 -> host.ip().neighbours().add(ipv4.bits(), ADDRESS);
            case Ipv6Address ipv6 -> host.ip().addNeighbour(ipv6, ADDRESS);
            case NoAddress none -> throw new IllegalArgumentException(none + " is no neighbour");
        }
    }

    /**
     * Gives the host an IP packet, which it deals with before this returns.
     *
     * @param octets from its IP header on
     */
    public void inject(byte[] octets) {
        inject(octets, 0);
    }

    /**
     * Gives the host an IP packet, which it deals with before this returns.
     *
     * @param octets from its IP header on; may be more than the MTU, as from a card that joins
     *     segments
     * @param segmentSize octets of text in each of the segments that it is joined from; 0 for none
     */
    public void inject(byte[] octets, int segmentSize) {
        PacketBuffer packet =
                PacketBuffer.withRoom(network.nextPacket(), EthernetHeader.SIZE, octets.length);
        System.arraycopy(octets, 0, packet.octets(), packet.start(), octets.length);
        packet.push(EthernetHeader.SIZE);
        new EthernetHeader(host.nic().address(), ADDRESS, etherType(octets))
                .writeTo(packet.octets(), packet.start());
        packet.joinedFrom(segmentSize);
        host.nic().receiveNow(packet);
    }

    /** As tun does without packet information: by the version in the header. */
    private static int etherType(byte[] octets) {
        boolean ipv6 = octets.length > 0 && (octets[0] & 0xF0) == 0x60;
        return ipv6 ? EthernetHeader.IPV6 : EthernetHeader.IPV4;
    }
}
