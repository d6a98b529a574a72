package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;

import io.socketlab.kernel.socket.ControlLayout;
import io.socketlab.kernel.socket.ControlOctets;
import io.socketlab.kernel.socket.ControlRoom;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SentControl;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Sends a datagram over the loopback and looks at its control messages, in the simulation: what
 * {@code control.c}, beside the table, does on a real kernel.
 */
final class ControlProgram {

    private static final int ROOM = 256;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int DATAGRAM = 2;

    /** From which family's socket to which, and where to. */
    private record Path(int sender, int receiver, IpAddress to) {

        static Path of(String name) {
            return switch (name) {
                case "4" -> new Path(INET, INET, Ipv4Address.LOOPBACK);
                case "6" -> new Path(INET6, INET6, Ipv6Address.LOOPBACK);
                case "4to6" -> new Path(INET, INET6, Ipv4Address.LOOPBACK);
                case "mapped" -> new Path(INET6, INET6, Ipv6Address.mapped(Ipv4Address.LOOPBACK));
                default -> throw new IllegalArgumentException(name);
            };
        }
    }

    private static final List<SocketOption> IPV4_OPTIONS =
            List.of(
                    SocketOption.IP_RECVORIGDSTADDR,
                    SocketOption.IP_RECVTOS,
                    SocketOption.IP_RECVTTL,
                    SocketOption.IP_PKTINFO);

    private static final List<SocketOption> IPV6_OPTIONS =
            List.of(
                    SocketOption.IPV6_RECVORIGDSTADDR,
                    SocketOption.IPV6_RECVTCLASS,
                    SocketOption.IPV6_RECVHOPLIMIT,
                    SocketOption.IPV6_RECVPKTINFO);

    private final TwoHosts net = new TwoHosts();

    private int socket(int family) {
        return net.call(net.client, new Syscall.Socket(family, DATAGRAM, 0)).value();
    }

    private void on(int fd, SocketOption option) {
        net.call(net.client, new Syscall.SetSockOpt(fd, option, new OptionValue.Int(1))).value();
    }

    private void ask(int fd, int family) {
        if (family == INET6) IPV6_OPTIONS.forEach(option -> on(fd, option));
        IPV4_OPTIONS.forEach(option -> on(fd, option));
    }

    private int receiver(Path path) {
        int fd = socket(path.receiver);
        Endpoint any =
                path.receiver == INET ? at(Ipv4Address.ANY, 7000) : at(Ipv6Address.ANY, 7000);
        net.call(net.client, new Syscall.Bind(fd, any)).value();
        ask(fd, path.receiver);
        return fd;
    }

    /** What {@code call}, as the table has it, gives. */
    String run(String call) {
        List<String> words = List.of(call.split(" "));
        Path path = Path.of(words.get(1));
        return switch (words.getFirst()) {
            case "room" -> {
                int receiver = receiver(path);
                send(path, List.of());
                yield receive(receiver, Integer.parseInt(words.get(2)), 0);
            }
            case "send" -> send(path, words.get(2), words.get(3));
            case "error" -> unreachable(path);
            default -> throw new IllegalArgumentException(call);
        };
    }

    private TwoHosts.Answer<Integer> send(Path path, List<SentControl> control) {
        var message =
                new Syscall.Message(List.of(octets("x")), Optional.of(at(path.to, 7000)), control);
        var answer = net.call(net.client, new Syscall.SendMsg(socket(path.sender), message, 0));
        net.run();
        return answer;
    }

    private String send(Path path, String kind, String data) {
        int receiver = receiver(path);
        int slash = kind.indexOf('/');
        var control =
                new SentControl(
                        Integer.parseInt(kind.substring(0, slash)),
                        Integer.parseInt(kind.substring(slash + 1)),
                        data.equals("-") ? new byte[0] : HexFormat.of().parseHex(data));
        var sent = send(path, List.of(control));
        return sent.errno().map(Enum::name).orElseGet(() -> receive(receiver, ROOM, 0));
    }

    private String receive(int fd, int room, int flags) {
        var given = new ControlRoom(room, ControlLayout.LP64);
        var call =
                new Syscall.RecvMsg(
                        fd,
                        new Syscall.Room(List.of(100), given),
                        flags | MessageFlags.MSG_DONTWAIT);
        var answer = net.call(net.client, call);
        if (answer.errno().isPresent()) return answer.errno().get().name();
        Received received = answer.value();
        byte[] control = ControlOctets.all(received.control(), given);
        String text = control.length == 0 ? "-" : HexFormat.of().formatHex(control);
        return "0x" + Integer.toHexString(received.flags()) + " " + text;
    }

    private String unreachable(Path path) {
        int fd = socket(path.sender);
        ask(fd, path.sender);
        on(fd, SocketOption.IP_RECVERR);
        if (path.sender == INET6) on(fd, SocketOption.IPV6_RECVERR);
        Optional<Endpoint> nobody = Optional.of(at(path.to, 9));
        net.call(net.client, new Syscall.Send(fd, octets("x"), 0, nobody)).value();
        net.run();
        return receive(fd, ROOM, MessageFlags.MSG_ERRQUEUE);
    }
}
