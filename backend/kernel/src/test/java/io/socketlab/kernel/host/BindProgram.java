package io.socketlab.kernel.host;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a socket into a state and binds a second one to its port, on a host of their own: what
 * {@code bind.c}, beside the table, does on a real kernel.
 */
final class BindProgram {

    /** Neither, SO_REUSEADDR, SO_REUSEPORT, both. */
    static final List<String> OPTIONS = List.of("-", "a", "p", "ap");

    /** Those of FreeBSD: SO_REUSEPORT_LB beside them. */
    static final List<String> FREEBSD_OPTIONS = List.of("-", "a", "p", "l", "ap");

    private static final int PORT = 10_000;
    private static final int PEER = 9_000;
    private static final Ipv4Address OTHER = Ipv4Address.parse("127.0.0.2").orElseThrow();

    private static final Ipv4Address GROUP = Ipv4Address.parse("224.0.0.251").orElseThrow();

    private final Network network;
    private final Host host;
    private final int type;

    /**
     * @param protocol tcp or udp
     */
    BindProgram(KernelProfile profile, String protocol) {
        var spec =
                new HostSpec(
                        "host",
                        Ipv4Address.parse("192.0.2.1").orElseThrow(),
                        24,
                        Optional.empty(),
                        profile,
                        Map.of(),
                        HostSpec.ETHERNET_MTU,
                        NicSettings.DEFAULT,
                        Optional.empty(),
                        List.of(),
                        List.of());
        network = Network.build(new NetworkSpec(1, List.of(spec), List.of()), null);
        host = network.host("host");
        type = protocol.equals("tcp") ? 1 : 2;
    }

    private static Ipv4Address address(String name) {
        return switch (name) {
            case "any" -> Ipv4Address.ANY;
            case "own" -> Ipv4Address.LOOPBACK;
            case "other" -> OTHER;
            case "group" -> GROUP;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /**
     * The first socket, in its state.
     *
     * @param options one of {@link #OPTIONS}
     */
    void first(String state, String options, String address) {
        int fd = make(options);
        done(new Syscall.Bind(fd, new Endpoint(address(address), PORT)));
        switch (state) {
            case "bound" -> {}
            case "listening" -> done(new Syscall.Listen(fd, 1));
            case "connected" -> connect(fd);
            case "time-wait" -> {
                int accepted = connect(fd);
                done(new Syscall.Close(fd));
                done(new Syscall.Close(accepted));
                settle();
            }
            case "accepted" -> {
                done(new Syscall.Listen(fd, 1));
                done(new Syscall.Connect(make("-"), new Endpoint(Ipv4Address.LOOPBACK, PORT)));
                done(new Syscall.Accept(fd, 0));
                done(new Syscall.Close(fd));
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    /** Connects to a peer; answers the peer's descriptor. */
    private int connect(int fd) {
        var to = new Endpoint(Ipv4Address.LOOPBACK, PEER);
        if (type == 2) {
            done(new Syscall.Connect(fd, to));
            return -1;
        }
        int peer = make("a");
        done(new Syscall.Bind(peer, new Endpoint(Ipv4Address.ANY, PEER)));
        done(new Syscall.Listen(peer, 1));
        done(new Syscall.Connect(fd, to));
        return done(new Syscall.Accept(peer, 0)).fd();
    }

    /** What came of the second socket, as the table has it. */
    String second(String options, String address) {
        int fd = make(options);
        var bind = outcome(new Syscall.Bind(fd, new Endpoint(address(address), PORT)));
        if (bind instanceof Failed<Integer>(Errno e)) return e == Errno.EADDRINUSE ? "." : "!";
        if (type == 2) return "B";
        var listen = outcome(new Syscall.Listen(fd, 1));
        if (listen instanceof Failed<Integer>(Errno e)) return e == Errno.EADDRINUSE ? "b" : "!";
        return "B";
    }

    private int make(String options) {
        int fd = done(new Syscall.Socket(2, type, 0));
        if (options.contains("a")) set(fd, SocketOption.SO_REUSEADDR);
        if (options.contains("p")) set(fd, SocketOption.SO_REUSEPORT);
        if (options.contains("l")) set(fd, SocketOption.SO_REUSEPORT_LB);
        return fd;
    }

    private void set(int fd, SocketOption option) {
        done(new Syscall.SetSockOpt(fd, option, new OptionValue.Int(1)));
    }

    private void settle() {
        network.loop().runUntil(network.loop().now() + TwoHosts.MS);
    }

    private <R> R done(Syscall<R> call) {
        Outcome<R> outcome = outcome(call);
        if (outcome instanceof Done<R>(R value)) return value;
        throw new AssertionError(call + ": " + outcome);
    }

    private <R> Outcome<R> outcome(Syscall<R> call) {
        var outcomes = new ArrayList<Outcome<R>>();
        host.task(1).call(call, outcomes::add);
        while (outcomes.isEmpty() && network.loop().runNext()) {}
        return outcomes.getFirst();
    }
}
