package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.TcpOption;
import io.socketlab.kernel.wire.UdpHeader;
import io.socketlab.lab.script.WirePacket.IcmpPacket;
import io.socketlab.lab.script.WirePacket.IpNote;
import io.socketlab.lab.script.WirePacket.Ports;
import io.socketlab.lab.script.WirePacket.Quoted;
import io.socketlab.lab.script.WirePacket.TcpPacket;
import io.socketlab.lab.script.WirePacket.UdpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the octets of a packet that the script puts on the wire. Its text is zeros. */
final class PacketBuilder {

    private static final int PEER_TTL = 255;
    private static final int HOST_TTL = 64;

    private final Settings settings;
    private final TrackedSocket socket;

    PacketBuilder(Settings settings, TrackedSocket socket) {
        this.settings = settings;
        this.socket = socket;
    }

    byte[] segment(TcpPacket p) {
        int flags = flags(p.flags());
        boolean syn = (flags & TcpHeader.SYN) != 0;
        boolean ack = (flags & TcpHeader.ACK) != 0;
        Ports ports = p.ports().orElse(new Ports(socket.remotePort, socket.localPort));
        var header =
                new TcpHeader(
                        ports.source(),
                        ports.destination(),
                        socket.remoteToLive(p.range().start(), syn),
                        ack || p.ack().isPresent() ? socket.localToLive(p.ack().orElse(0), syn) : 0,
                        flags,
                        p.window().orElse(0),
                        0,
                        p.urgent().orElse(0),
                        options(p, ack, syn));
        int length = header.size() + p.range().length();
        int at = ipHeaderLength();
        byte[] packet = new byte[at + length];
        ip(packet, p.ip(), Ipv4Header.TCP);
        header.writeTo(ByteBuffer.wrap(packet, at, header.size()));
        long sum =
                InternetChecksum.addPseudoHeader(
                        0, socket.remoteIp, socket.localIp, Ipv4Header.TCP, length);
        int checksum = InternetChecksum.finish(InternetChecksum.add(sum, packet, at, length));
        ByteBuffer.wrap(packet).putShort(at + TcpHeader.CHECKSUM_AT, (short) checksum);
        return packet;
    }

    private List<TcpOption> options(TcpPacket p, boolean ack, boolean syn) {
        var options = new ArrayList<TcpOption>();
        for (TcpOption option :
                OptionCodec.encode(
                        p.options().orElse(List.of()), n -> socket.localToLive(n, syn))) {
            options.add(
                    ack && option instanceof TcpOption.Timestamps(int value, int echo)
                            ? new TcpOption.Timestamps(value, echo(echo))
                            : option);
        }
        return options;
    }

    private int echo(int script) {
        OptionalInt live = socket.echoToLive(script, settings.timestampEchoScaled);
        return live.orElseThrow(() ->
                new Mismatch(
                        "an echo of a timestamp that the host has sent before",
                        "TS ecr " + Integer.toUnsignedString(script)));
    }

    static int flags(String written) {
        int flags = 0;
        for (int i = 0; i < written.length(); i++) flags |= flag(written.charAt(i));
        return flags;
    }

    private static int flag(char letter) {
        return switch (letter) {
            case 'F' -> TcpHeader.FIN;
            case 'S' -> TcpHeader.SYN;
            case 'R' -> TcpHeader.RST;
            case 'P' -> TcpHeader.PSH;
            case '.' -> TcpHeader.ACK;
            case 'U' -> TcpHeader.URG;
            case 'E' -> TcpHeader.ECE;
            case 'W' -> TcpHeader.CWR;
            case 'A' -> TcpHeader.AE;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> ace(letter - '0');
            default -> 0;
        };
    }

    /** The three bits of AccECN's counter. RFC 9768 §3.2. */
    private static int ace(int count) {
        return ((count & 4) != 0 ? TcpHeader.AE : 0)
                | ((count & 2) != 0 ? TcpHeader.CWR : 0)
                | ((count & 1) != 0 ? TcpHeader.ECE : 0);
    }

    byte[] datagram(UdpPacket p) {
        Ports ports = p.ports().orElse(new Ports(socket.remotePort, socket.localPort));
        int length = UdpHeader.SIZE + p.length();
        int at = ipHeaderLength();
        byte[] packet = new byte[at + length];
        ip(packet, p.ip(), Ipv4Header.UDP);
        new UdpHeader(ports.source(), ports.destination(), length)
                .writeTo(packet, at, socket.remoteIp, socket.localIp);
        return packet;
    }

    byte[] message(IcmpPacket p) {
        boolean echo = p.type().equals("echo_request") || p.type().equals("echo_reply");
        byte[] quoted = echo ? new byte[0] : quoted(p.quoted());
        int length = IcmpMessage.SIZE + quoted.length;
        int at = ipHeaderLength();
        byte[] packet = new byte[at + length];
        System.arraycopy(quoted, 0, packet, at + IcmpMessage.SIZE, quoted.length);
        switch (IcmpCodec.message(p, isIpv6())) {
            case IcmpMessage message -> {
                ip(packet, p.ip(), Ipv4Header.ICMP);
                message.writeTo(packet, at, length);
            }
            case Icmpv6Message message -> {
                ip(packet, p.ip(), Ipv6Header.ICMPV6);
                message.writeTo(
                        packet,
                        at,
                        length,
                        (Ipv6Address) socket.remoteIp,
                        (Ipv6Address) socket.localIp);
            }
        }
        return packet;
    }

    private boolean isIpv6() {
        return socket.remoteIp instanceof Ipv6Address;
    }

    private int ipHeaderLength() {
        return IpCodec.headerLength(socket.remoteIp);
    }

    /** The head of the host's packet that the message is about: its IP header and eight octets. */
    private byte[] quoted(Optional<Quoted> quoted) {
        byte[] octets = new byte[ipHeaderLength() + 8];
        ByteBuffer transport = ByteBuffer.wrap(octets, ipHeaderLength(), 8);
        transport.putShort((short) socket.localPort).putShort((short) socket.remotePort);
        int length = transport(transport, quoted);
        IpCodec.write(
                octets, socket.localIp, socket.remoteIp, socket.protocol, length, 0, HOST_TTL);
        return octets;
    }

    /**
     * The quoted transport header from its fifth octet on; answers how long it and its text are.
     */
    private int transport(ByteBuffer out, Optional<Quoted> quoted) {
        if (quoted.isEmpty() && socket.protocol != Ipv4Header.UDP) {
            out.putInt(socket.localToLive(0, false)); // the first that went out
            return TcpHeader.SIZE;
        }
        return switch (quoted.orElse(new Quoted.QuotedUdp(0))) {
            case Quoted.QuotedTcp(var range) -> {
                out.putInt(socket.localToLive(range.start(), false));
                yield TcpHeader.SIZE + range.length();
            }
            case Quoted.QuotedUdp(int data) -> {
                out.putShort((short) (UdpHeader.SIZE + data));
                yield UdpHeader.SIZE + data;
            }
        };
    }

    private void ip(byte[] packet, List<IpNote> notes, int protocol) {
        int tos = 0;
        int ttl = PEER_TTL;
        for (IpNote note : notes) {
            switch (note.name()) {
                case "ect0" -> tos |= 2;
                case "ect1" -> tos |= 1;
                case "ce" -> tos |= 3;
                case "tos" -> tos = note.value().orElse(0);
                case "ttl" -> ttl = note.value().orElse(PEER_TTL);
                default -> {}
            }
        }
        int payload = packet.length - ipHeaderLength();
        IpCodec.write(packet, socket.remoteIp, socket.localIp, protocol, payload, tos, ttl);
    }
}
