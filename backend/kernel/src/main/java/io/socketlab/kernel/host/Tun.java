package io.socketlab.kernel.host;

import io.socketlab.kernel.link.Link;
import io.socketlab.kernel.link.LinkParameters;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.Ipv4Address;
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

    Tun(Network network, Host host, Ipv4Address gateway, Reader reader) {
        this.network = network;
        this.host = host;
        nic = new Nic(NAME, ADDRESS, host.nic().mtu(), RINGS, network.loop(), network.trace());
        nic.handler((packet, _) -> reader.packet(packet));
        Link.join(
                new LinkParameters(NAME, 0, 0, QUEUE, List.of()),
                host.nic(),
                nic,
                network.chance("link " + NAME),
                network.loop(),
                network.trace(),
                network::nextPacket);
        host.ip().gateway(gateway);
        host.ip().neighbours().add(gateway.bits(), ADDRESS);
    }

    /** Takes {@code neighbour} for a host on the link. */
    public void answerFor(Ipv4Address neighbour) {
        host.ip().neighbours().add(neighbour.bits(), ADDRESS);
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
        new EthernetHeader(host.nic().address(), ADDRESS, EthernetHeader.IPV4)
                .writeTo(packet.octets(), packet.start());
        packet.joinedFrom(segmentSize);
        host.nic().receiveNow(packet);
    }
}
