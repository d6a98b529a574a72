package io.socketlab.lab.command;

import io.socketlab.kernel.ip.IpTap;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.tcp.RawSegment;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.lab.command.HpingOptions.PortStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** hping3 at work. */
final class HpingRun {

    /** How long it waits for answers to its last packet. */
    private static final long LAST_ANSWER = 1_000_000_000;

    private static final double MILLISECOND = 1e6;
    private static final int LEAST_PORT = 1024;
    private static final int USUAL_PORTS = 2048;
    private static final int FIRST_MULTICAST = 224;
    private static final int LOOPBACK = 127;

    /** What is known of a packet until it has been answered. */
    private record Sent(int number, long at) {}

    private final HpingOptions options;
    private final ShellHost host;
    private final Terminal terminal;
    private final Ipv4Address target;
    private final Ipv4Address own;
    private final Ipv4Address source;
    private final Chance chance;
    private final byte[] text;
    private final int basePort;
    private final Timer next;
    private final IpTap tap = this::arrived;
    private final HpingStatistics statistics = new HpingStatistics();

    /** By the port that they came from: looked up, never gone through. */
    private final Map<Integer, Sent> unanswered = new HashMap<>();

    private int destinationPort;

    HpingRun(
            HpingOptions options,
            ShellHost host,
            Terminal terminal,
            Ipv4Address target,
            Ipv4Address own,
            Ipv4Address source) {
        this.options = options;
        this.host = host;
        this.terminal = terminal;
        this.target = target;
        this.own = own;
        this.source = source;
        this.chance = host.chance();
        this.destinationPort = options.port();
        this.text = new byte[options.data()];
        Arrays.fill(text, (byte) 'X');
        this.basePort =
                options.basePort().orElseGet(() -> LEAST_PORT + chance.nextInt(USUAL_PORTS));
        this.next = new Timer(host.loop(), this::turn);
    }

    void begin() {
        host.kernel().ip().tap(tap);
        turn();
    }

    private void turn() {
        if (statistics.sent() == options.count()) {
            end();
            return;
        }
        send();
        next.start(statistics.sent() == options.count() ? LAST_ANSWER : options.interval());
    }

    private void send() {
        int number = statistics.sent();
        int port = basePort + (options.keepsPort() ? 0 : number) & 0xFFFF;
        unanswered.put(port, new Sent(number, host.loop().now()));
        statistics.packetSent();
        host.kernel()
                .send(
                        new RawSegment(
                                options.randomSource() ? anyAddress() : source,
                                port,
                                target,
                                destinationPort,
                                chance.nextInt(),
                                chance.nextInt(),
                                options.flags(),
                                options.window(),
                                options.ttl(),
                                text));
        if (options.portStep() == PortStep.ON_PACKET) nextPort();
    }

    private void nextPort() {
        destinationPort = destinationPort + 1 & 0xFFFF;
    }

    /** One that a host could have: those for groups and for the loopback are not answered. */
    private Ipv4Address anyAddress() {
        int bits = chance.nextInt();
        int network = bits >>> 24;
        boolean possible = network > 0 && network < FIRST_MULTICAST && network != LOOPBACK;
        return possible ? new Ipv4Address(bits) : anyAddress();
    }

    private void arrived(Ipv4Header header, PacketBuffer packet) {
        if (!header.destination().equals(own)) return;
        boolean isSegment = header.protocol() == Ipv4Header.TCP && header.source().equals(target);
        if (isSegment && packet.length() >= TcpHeader.SIZE) segment(header, packet);
        boolean isMessage = header.protocol() == Ipv4Header.ICMP;
        if (isMessage && packet.length() >= 2 * IcmpMessage.SIZE + Ipv4Header.SIZE) {
            message(header, packet);
        }
    }

    private void segment(Ipv4Header header, PacketBuffer packet) {
        byte[] octets = packet.octets();
        int at = packet.start();
        Sent sent = unanswered.get(Octets.getShort(octets, at + 2));
        if (sent == null) return;
        double rtt = (host.loop().now() - sent.at) / MILLISECOND;
        statistics.answered(rtt);
        tell(
                "len=%d ip=%s ttl=%d %sid=%d sport=%d flags=%s seq=%d win=%d rtt=%.1f ms\n",
                header.totalLength(),
                header.source(),
                header.ttl(),
                header.dontFragment() ? "DF " : "",
                header.identification(),
                Octets.getShort(octets, at),
                Hping.letters(octets[at + 13] & 0x3F),
                sent.number,
                Octets.getShort(octets, at + 14),
                rtt);
        if (options.portStep() == PortStep.ON_ANSWER) nextPort();
        answerCounted();
    }

    /** An error about a packet of ours: it counts as an answer, without a time. */
    private void message(Ipv4Header header, PacketBuffer packet) {
        byte[] octets = packet.octets();
        int at = packet.start();
        IcmpMessage message = IcmpMessage.parse(octets, at, packet.length());
        int quoted = at + IcmpMessage.SIZE;
        int ports = quoted + (octets[quoted] & 0xF) * 4;
        boolean isOurs =
                message.isError()
                        && Octets.getByte(octets, quoted + 9) == Ipv4Header.TCP
                        && Octets.getInt(octets, quoted + 16) == target.bits()
                        && ports + 2 <= packet.end()
                        && unanswered.containsKey(Octets.getShort(octets, ports));
        String name = name(message);
        if (!isOurs || name.isEmpty()) return;
        statistics.answeredWithAnError();
        String unknown = options.numeric() ? "" : " name=UNKNOWN";
        tell("%s from ip=%s%s\n", name, header.source(), unknown);
        answerCounted();
    }

    private static String name(IcmpMessage message) {
        return switch (message.type()) {
            case IcmpMessage.TIME_EXCEEDED ->
                    message.code() == 0 ? "TTL 0 during transit" : "TTL 0 during reassembly";
            case IcmpMessage.UNREACHABLE ->
                    switch (message.code()) {
                        case IcmpMessage.NET_UNREACHABLE -> "ICMP Network Unreachable";
                        case IcmpMessage.HOST_UNREACHABLE -> "ICMP Host Unreachable";
                        case IcmpMessage.PROTOCOL_UNREACHABLE -> "ICMP Protocol Unreachable";
                        case IcmpMessage.PORT_UNREACHABLE -> "ICMP Port Unreachable";
                        case IcmpMessage.FRAGMENTATION_NEEDED -> "ICMP Fragmentation Needed/DF set";
                        default -> ""; // hping3 knows no others of those that come
                    };
            default -> "";
        };
    }

    private void tell(String format, Object... values) {
        if (!options.quiet()) terminal.print(Text.format(format, values));
    }

    private void answerCounted() {
        if (statistics.received() == options.count()) end();
    }

    private void end() {
        next.stop();
        host.kernel().ip().untap(tap);
        terminal.print(statistics.summary(options.target()));
        terminal.exit(statistics.received() > 0 ? 0 : 1);
    }
}
