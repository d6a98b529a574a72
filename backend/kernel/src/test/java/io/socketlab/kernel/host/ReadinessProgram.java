package io.socketlab.kernel.host;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Does the commands of a readiness table in the simulation, on one host and its loopback interface.
 * What {@code readiness.c}, beside the tables, does on a real kernel.
 */
final class ReadinessProgram {

    /** What "settle" lets pass. */
    static final long SETTLE_NANOS = 120_000_000;

    /** Names of ss(8), by the numbers of /proc/net/tcp. */
    private static final List<String> STATES =
            List.of(
                    "",
                    "ESTAB",
                    "SYN-SENT",
                    "SYN-RECV",
                    "FIN-WAIT-1",
                    "FIN-WAIT-2",
                    "TIME-WAIT",
                    "UNCONN",
                    "CLOSE-WAIT",
                    "LAST-ACK",
                    "LISTEN",
                    "CLOSING");

    private static final Ipv4Address NOWHERE = Ipv4Address.parse("192.0.2.2").orElseThrow();
    private static final int CLOSED = 1_000_000;
    private static final int ASKED =
            EventMask.IN
                    | EventMask.PRI
                    | EventMask.OUT
                    | EventMask.RDNORM
                    | EventMask.RDBAND
                    | EventMask.WRNORM
                    | EventMask.WRBAND
                    | EventMask.RDHUP;

    private static final Map<String, Integer> EVENTS = new LinkedHashMap<>();

    static {
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            String name = EventMask.toEpollString(1 << bit);
            if (name.startsWith("EPOLL")) EVENTS.put(name.substring("EPOLL".length()), 1 << bit);
        }
    }

    private final Network network;
    private final Host host;
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final long settleNanos;

    ReadinessProgram() {
        this(SETTLE_NANOS, Map.of());
    }

    /**
     * @param sysctls of the machine that it is compared with, where they are not Linux's defaults
     */
    ReadinessProgram(long settleNanos, Map<String, String> sysctls) {
        Map<String, String> all = new LinkedHashMap<>(sysctls);
        all.put("net.ipv4.tcp_fastopen", "3");
        this.settleNanos = settleNanos;
        var spec =
                new HostSpec(
                        "host",
                        Ipv4Address.parse("192.0.2.1").orElseThrow(),
                        24,
                        Optional.empty(),
                        KernelProfile.LINUX,
                        all,
                        HostSpec.ETHERNET_MTU,
                        NicSettings.DEFAULT,
                        Optional.empty(),
                        List.of(),
                        List.of());
        network = Network.build(new NetworkSpec(1, List.of(spec), List.of()), null);
        host = network.host("host");
        network.tun("host", NOWHERE, _ -> {});
        // the table has errnos, not the end of the program
        host.processes().first().action(Signal.SIGPIPE, SignalAction.IGNORE);
    }

    /** What the command gave, as the table has it. */
    String run(String command) {
        String[] word = command.split(" ", -1);
        return switch (word[0]) {
            case "tcp" -> made(word[1], new Syscall.Socket(2, 1 | NONBLOCK, 0));
            case "udp" -> made(word[1], new Syscall.Socket(2, 2 | NONBLOCK, 0));
            case "epoll" -> made(word[1], new Syscall.EpollCreate1(0));
            case "dup" -> made(word[1], new Syscall.Dup(fd(word[2])));
            case "open" -> made(word[1], new Syscall.Open("/f", Syscall.Fcntl.O_CREAT));
            case "pipe" -> pipe(word[1], word[2]);
            case "bind" -> call(new Syscall.Bind(fd(word[1]), Endpoint.ANY));
            case "listen" -> call(new Syscall.Listen(fd(word[1]), Integer.parseInt(word[2])));
            case "connect" -> call(new Syscall.Connect(fd(word[1]), address(word[2])));
            case "accept" -> accept(word[1], fd(word[2]));
            case "shutdown" -> call(new Syscall.Shutdown(fd(word[1]), how(word[2])));
            case "close" -> call(new Syscall.Close(fd(word[1])));
            case "reset" -> reset(fd(word[1]));
            case "set" -> set(fd(word[1]), word[2], Integer.parseInt(word[3]));
            case "error" -> error(fd(word[1]));
            case "get" -> get(new Syscall.GetSockOpt(fd(word[1]), SocketOption.valueOf(word[2])));
            case "readable" -> call(new Syscall.Ioctl(fd(word[1]), FIONREAD));
            case "peer" -> called(new Syscall.GetPeerName(fd(word[1])));
            case "disconnect" -> call(new Syscall.Connect(fd(word[1]), Endpoint.UNSPECIFIED));
            case "states" -> states();
            case "settle" -> settle();
            case "look" -> look(fd(word[1]));
            case "poll" -> events(poll(fd(word[1]), events(word[2])));
            case "ctl" -> control(word);
            case "wait" -> await(fd(word[1]), Integer.parseInt(word[2]));
            default -> transfer(word[0], fd(word[1]), word.length > 2 ? word[2] : "0");
        };
    }

    private static final int FIONREAD = 0x541B;
    private static final int NONBLOCK = Syscall.Socket.SOCK_NONBLOCK;

    private <R> Outcome<R> outcome(Syscall<R> call) {
        var result =
                new Object() {
                    Optional<Outcome<R>> outcome = Optional.empty();
                };
        host.task(1).call(call, o -> result.outcome = Optional.of(o));
        return result.outcome.orElseThrow(() -> new AssertionError(call + " waits"));
    }

    private <R> R value(Syscall<R> call) {
        return switch (outcome(call)) {
            case Done<R>(R value) -> value;
            case Failed<R>(Errno errno) -> throw new AssertionError(call + ": " + errno);
            case Outcome.Blocked<R> _ -> throw new AssertionError(call + " waits");
        };
    }

    private String call(Syscall<?> call) {
        return switch (outcome(call)) {
            case Done<?>(Received received) -> String.valueOf(received.result());
            case Done<?>(var value) -> String.valueOf(value);
            case Failed<?>(Errno errno) -> "-1 " + errno;
            case Outcome.Blocked<?> _ -> throw new AssertionError(call + " waits");
        };
    }

    /** For calls that give something that differs from kernel to kernel. */
    private String called(Syscall<?> call) {
        return outcome(call) instanceof Failed<?>(Errno errno) ? "-1 " + errno : "0";
    }

    private String get(Syscall.GetSockOpt call) {
        return switch (outcome(call)) {
            case Done<OptionValue>(OptionValue.Int(int value)) -> String.valueOf(value);
            case Done<OptionValue>(var other) -> other.toString();
            case Failed<OptionValue>(Errno errno) -> "-1 " + errno;
            case Outcome.Blocked<OptionValue> _ -> throw new AssertionError(call + " waits");
        };
    }

    private String states() {
        var counts = new int[STATES.size()];
        for (SocketReport socket : host.tcpSockets()) counts[socket.state()]++;
        var text = new StringJoiner(", ");
        text.setEmptyValue("none");
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) text.add(STATES.get(i) + " " + counts[i]);
        }
        return text.toString();
    }

    private int fd(String name) {
        if (name.matches("-?\\d+")) return Integer.parseInt(name);
        return files.getOrDefault(name, CLOSED);
    }

    private String made(String name, Syscall<Integer> call) {
        return switch (outcome(call)) {
            case Done<Integer>(Integer fd) -> {
                files.put(name, fd);
                yield "ok";
            }
            case Failed<Integer>(Errno errno) -> "-1 " + errno;
            case Outcome.Blocked<Integer> _ -> throw new AssertionError(call + " waits");
        };
    }

    private String accept(String name, int listener) {
        var accept = new Syscall.Accept(listener, NONBLOCK);
        return switch (outcome(accept)) {
            case Done<Syscall.Accepted>(var accepted) -> {
                files.put(name, accepted.fd());
                yield "ok";
            }
            case Failed<Syscall.Accepted>(Errno errno) -> "-1 " + errno;
            case Outcome.Blocked<Syscall.Accepted> _ -> throw new AssertionError("accept waits");
        };
    }

    private String pipe(String reading, String writing) {
        Syscall.PipeEnds ends = value(new Syscall.Pipe(Syscall.Fcntl.O_NONBLOCK));
        files.put(reading, ends.reading());
        files.put(writing, ends.writing());
        return "0";
    }

    private Endpoint address(String what) {
        if (what.equals("nowhere")) return new Endpoint(NOWHERE, 1);
        boolean isNamed =
                !what.equals("refused")
                        && outcome(new Syscall.GetSockName(fd(what))) instanceof Done<Endpoint>;
        int port = isNamed ? value(new Syscall.GetSockName(fd(what))).port() : 1;
        return new Endpoint(Ipv4Address.LOOPBACK, port);
    }

    private static int how(String what) {
        return List.of("rd", "wr", "rdwr").indexOf(what);
    }

    private String reset(int fd) {
        call(new Syscall.SetSockOpt(fd, SocketOption.SO_LINGER, new OptionValue.Linger(true, 0)));
        return call(new Syscall.Close(fd));
    }

    private String set(int fd, String option, int value) {
        return call(
                new Syscall.SetSockOpt(
                        fd, SocketOption.valueOf(option), new OptionValue.Int(value)));
    }

    private String error(int fd) {
        String error = get(new Syscall.GetSockOpt(fd, SocketOption.SO_ERROR));
        return error.matches("[1-9][0-9]*") ? Errno.of(Integer.parseInt(error)).name() : error;
    }

    private String settle() {
        network.loop().runUntil(network.loop().now() + settleNanos);
        return "ok";
    }

    // ---- readiness

    private static String events(int mask) {
        var names = new StringJoiner("|");
        names.setEmptyValue("0");
        EVENTS.forEach((name, bit) -> {
            if ((mask & bit) != 0) names.add(name);
        });
        return names.toString();
    }

    private static int events(String text) {
        int mask = 0;
        if (text.equals("0")) return 0;
        for (String name : text.split("\\|", -1)) mask |= EVENTS.get(name);
        return mask;
    }

    private int poll(int fd, int events) {
        var entry = new Syscall.PollFd(fd, events, 0);
        return value(new Syscall.Poll(List.of(entry), 0)).getFirst().revents();
    }

    private String select(int fd) {
        List<Integer> set = List.of(fd);
        Syscall.Selected found = value(new Syscall.Select(fd + 1, set, set, set, 0));
        String sets =
                (found.reading().isEmpty() ? "" : "r")
                        + (found.writing().isEmpty() ? "" : "w")
                        + (found.exceptional().isEmpty() ? "" : "x");
        return sets.isEmpty() ? "-" : sets;
    }

    private String look(int fd) {
        if (host.pollable(fd).isEmpty()) return "-1 EBADF";
        int epoll = value(new Syscall.EpollCreate1(0));
        value(new Syscall.EpollCtl(epoll, Syscall.EpollCtl.EPOLL_CTL_ADD, fd, ASKED, 0));
        List<Syscall.EpollEvent> found = value(new Syscall.EpollWait(epoll, 1, 0));
        int events = found.isEmpty() ? 0 : found.getFirst().events();
        value(new Syscall.Close(epoll));
        return "poll "
                + events(poll(fd, ASKED))
                + ", select "
                + select(fd)
                + ", epoll "
                + events(events);
    }

    private String control(String[] word) {
        int operation = List.of("?", "add", "del", "mod").indexOf(word[2]);
        int events = word.length > 4 ? events(word[4]) : 0;
        int target = fd(word[3]);
        return call(new Syscall.EpollCtl(fd(word[1]), operation, target, events, data(word[3])));
    }

    /** A name as epoll's data. */
    private static long data(String name) {
        return name.charAt(0);
    }

    private String await(int fd, int most) {
        return switch (outcome(new Syscall.EpollWait(fd, most, 0))) {
            case Done<List<Syscall.EpollEvent>>(var events) ->
                    events.stream()
                            .map(e -> (char) e.data() + " " + events(e.events()))
                            .collect(Collectors.joining(", ", "[", "]"));
            case Failed<List<Syscall.EpollEvent>>(Errno errno) -> "-1 " + errno;
            case Outcome.Blocked<?> _ -> throw new AssertionError("epoll_wait waits");
        };
    }

    // ---- octets

    private String transfer(String command, int fd, String length) {
        int n = Integer.parseInt(length);
        return switch (command) {
            case "send" -> call(new Syscall.Send(fd, new byte[n], 0, Optional.empty()));
            case "oob" ->
                    call(new Syscall.Send(fd, new byte[n], MessageFlags.MSG_OOB, Optional.empty()));
            case "write" -> call(new Syscall.Write(fd, new byte[n]));
            case "read" -> call(new Syscall.Read(fd, n));
            case "recv" -> call(new Syscall.Recv(fd, n, 0, false));
            case "peek" -> call(new Syscall.Recv(fd, n, MessageFlags.MSG_PEEK, false));
            case "trunc" -> call(new Syscall.Recv(fd, n, MessageFlags.MSG_TRUNC, false));
            case "more" ->
                    call(
                            new Syscall.Send(
                                    fd, new byte[n], MessageFlags.MSG_MORE, Optional.empty()));
            case "recvoob" -> call(new Syscall.Recv(fd, n, MessageFlags.MSG_OOB, false));
            case "recverr" -> call(new Syscall.RecvMsg(fd, List.of(n), MessageFlags.MSG_ERRQUEUE));
            case "fill" -> untilFailure(new Syscall.Send(fd, new byte[1000], 0, Optional.empty()));
            case "drain" -> untilFailure(new Syscall.Recv(fd, 65_536, 0, false));
            default -> throw new AssertionError("no command " + command);
        };
    }

    private String untilFailure(Syscall<?> call) {
        while (true) {
            String result = call(call);
            if (result.startsWith("-1")) return result;
            network.loop().runUntil(network.loop().now() + 100_000);
        }
    }
}
