package io.socketlab.kernel.host;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionOctets;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gets and sets one option of sockets in one state, in the simulation: what {@code options.c},
 * beside the table, does on a real kernel.
 */
final class OptionProgram {

    private static final Endpoint SERVICE = new Endpoint(Ipv4Address.LOOPBACK, 8080);

    /** Octets of the longest value that is asked for, and of those that are shown. */
    private static final int ROOM = 64;

    private static final int SHOWN = 36;

    /** Octets set on a listener, enough for any option. */
    private static final int INHERITED = 16;

    /** As on the host that wrote the table, where that depends on its memory. */
    private static final Map<String, String> SYSCTLS =
            Map.of("net.core.rmem_max", "212992", "net.core.wmem_max", "4194304");

    private final String state;
    private final SocketOption option;

    OptionProgram(String state, SocketOption option) {
        this.state = state;
        this.option = option;
    }

    private boolean isInherited() {
        return state.equals("inherited");
    }

    /** A socket on a host of its own. */
    private final class Made {

        private final Host host;
        private final Network network;
        private final int fd;

        Made() {
            var spec =
                    new HostSpec(
                            "host",
                            Ipv4Address.parse("192.0.2.1").orElseThrow(),
                            24,
                            Optional.empty(),
                            KernelProfile.LINUX,
                            SYSCTLS,
                            HostSpec.ETHERNET_MTU,
                            NicSettings.DEFAULT,
                            Optional.empty(),
                            List.of(),
                            List.of());
            network = Network.build(new NetworkSpec(1, List.of(spec), List.of()), null);
            host = network.host("host");
            fd = make();
        }

        private int make() {
            if (state.startsWith("udp")) {
                int udp = done(new Syscall.Socket(2, 2, 0));
                if (state.equals("udp-connected")) done(new Syscall.Connect(udp, SERVICE));
                return udp;
            }
            int tcp = done(new Syscall.Socket(2, 1, 0));
            if (state.equals("tcp")) return tcp;
            done(new Syscall.Bind(tcp, SERVICE));
            done(new Syscall.Listen(tcp, 5));
            if (state.equals("listening") || isInherited()) return tcp;
            int client = done(new Syscall.Socket(2, 1, 0));
            done(new Syscall.Connect(client, SERVICE));
            int accepted = done(new Syscall.Accept(tcp, 0)).fd();
            return state.equals("connected") ? client : accepted;
        }

        /** A socket that the one made has accepted. */
        private int accepted() {
            int client = done(new Syscall.Socket(2, 1, 0));
            done(new Syscall.Connect(client, SERVICE));
            done(new Syscall.Write(client, new byte[1]));
            return done(new Syscall.Accept(fd, 0)).fd();
        }

        private <R> R done(Syscall<R> call) {
            if (outcome(call) instanceof Done<R>(R value)) return value;
            throw new AssertionError(call + ": " + outcome(call));
        }

        private <R> Outcome<R> outcome(Syscall<R> call) {
            var outcomes = new ArrayList<Outcome<R>>();
            host.task(1).call(call, outcomes::add);
            while (outcomes.isEmpty() && network.loop().runNext()) {}
            return outcomes.getFirst();
        }

        String get(int room) {
            int from = isInherited() ? accepted() : fd;
            return switch (outcome(new Syscall.GetSockOpt(from, option, room))) {
                case Done<OptionValue>(OptionValue value) ->
                        text(OptionOctets.encoded(option, value), room);
                case Failed<OptionValue>(Errno errno) -> errno.name();
                case Outcome.Blocked<OptionValue> _ -> throw new AssertionError();
            };
        }

        /** Sets octets; answers why that could not be done. */
        Optional<Errno> set(byte[] octets) {
            var call = new Syscall.SetSockOpt(fd, option, new OptionValue.Octets(octets));
            return outcome(call) instanceof Failed<Integer>(Errno errno)
                    ? Optional.of(errno)
                    : Optional.empty();
        }
    }

    private static String text(byte[] octets, int room) {
        int length = Math.min(octets.length, room);
        if (length == Integer.BYTES) {
            return Integer.toString(
                    ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).getInt());
        }
        byte[] shown = Arrays.copyOf(octets, Math.min(length, SHOWN));
        return "0x" + HexFormat.of().formatHex(shown) + "/" + length;
    }

    /**
     * What a call gives.
     *
     * @param what as the table has it: {@code get}, {@code get[2]}, {@code 100}, {@code 1[8]}
     */
    String run(String what) {
        int bracket = what.indexOf('[');
        int length =
                bracket < 0 ? -1 : Integer.parseInt(what.substring(bracket + 1, what.length() - 1));
        String name = bracket < 0 ? what : what.substring(0, bracket);
        var socket = new Made();
        if (name.equals("get")) return socket.get(bracket < 0 ? ROOM : length);
        byte[] octets =
                ByteBuffer.allocate(ROOM)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(Integer.parseInt(name))
                        .array();
        int count = isInherited() ? INHERITED : bracket < 0 ? Integer.BYTES : length;
        Optional<Errno> failure = socket.set(Arrays.copyOf(octets, count));
        return failure.map(Errno::name).orElseGet(() -> socket.get(ROOM));
    }
}
