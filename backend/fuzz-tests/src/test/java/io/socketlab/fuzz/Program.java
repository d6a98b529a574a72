package io.socketlab.fuzz;

import static io.socketlab.kernel.wire.TcpHeader.SYN;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The program on the host: it makes the calls that the fuzzer's octets choose. */
final class Program {

    static final int TCP_PORT = 8080;
    static final int UDP_PORT = 5353;
    private static final byte WRITTEN = 0x5A;
    private static final int MAX_TASKS = 6;
    private static final int MAX_DESCRIPTORS = 12;

    private static final SocketOption[] OPTIONS = SocketOption.values();

    /** What it writes, by its length; the kernel takes a copy. */
    private static final Map<Integer, byte[]> TEXTS = new HashMap<>();

    private final Host host;
    private final Inputs in;
    private int listener = -1;

    /** Where each of the host's streams begins, by its two ports. */
    private final Map<Integer, Integer> streams = new HashMap<>();

    Program(Host host, Inputs in) {
        this.host = host;
        this.in = in;
    }

    void begin() {
        host.processes().first().action(Signal.SIGPIPE, SignalAction.IGNORE);
        call(new Syscall.Socket(2, 1 | Syscall.Socket.SOCK_NONBLOCK, 0), fd -> listener = fd);
        call(new Syscall.Bind(listener, new Endpoint(Ipv4Address.ANY, TCP_PORT)), _ -> {});
        call(new Syscall.Listen(listener, 2), _ -> {});
        call(
                new Syscall.Socket(2, 2 | Syscall.Socket.SOCK_NONBLOCK, 0),
                fd -> call(new Syscall.Bind(fd, new Endpoint(Ipv4Address.ANY, UDP_PORT)), _ -> {}));
    }

    /** Makes a call by a task that is in none; what it returns may be an error. */
    private <R> void call(Syscall<R> call, Consumer<R> done) {
        for (int number = 1; number <= MAX_TASKS; number++) {
            Task task = host.task(number);
            if (task.isBlocked()) continue;
            task.call(
                    call,
                    outcome -> {
                        if (outcome instanceof Outcome.Done<R>(R value)) done.accept(value);
                    });
            return;
        }
    }

    /** A descriptor, most often one that is open. */
    private int fd() {
        List<Integer> open = host.openDescriptors();
        int chosen = in.octet();
        return open.isEmpty() || chosen == 255 ? chosen : open.get(chosen % open.size());
    }

    void connect(Ipv4Address peer) {
        if (host.openDescriptors().size() >= MAX_DESCRIPTORS) return;
        call(
                new Syscall.Socket(2, 1 | Syscall.Socket.SOCK_NONBLOCK, 0),
                fd -> call(new Syscall.Connect(fd, new Endpoint(peer, 9000)), _ -> {}));
    }

    void write() {
        int length = in.pick(1, 10, 100, 1000, 1448, 5000, 20_000, 100_000);
        int flags = in.pick(0, 0, 0, 0x8000, 0x80, 1, 0x4000_0000, 0x2000_0000);
        call(
                new Syscall.Send(
                        fd(),
                        TEXTS.computeIfAbsent(length, Program::text),
                        flags,
                        Optional.empty()),
                _ -> {});
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, WRITTEN);
        return text;
    }

    void read() {
        int length = in.pick(1, 10, 1000, 5000, 100_000);
        int flags = in.pick(0, 0, 0, 2, 1, 0x100, 0x20);
        call(new Syscall.Recv(fd(), length, flags, false), _ -> {});
    }

    /** A socket is opened, accepted, shut down or closed. */
    void change() {
        int what = in.octet();
        switch (what % 6) {
            case 0, 1 -> accept();
            case 2 -> call(new Syscall.Shutdown(fd(), what / 6 % 4), _ -> {});
            case 3 -> call(new Syscall.Close(fd()), _ -> {});
            case 4 -> connect(new Ipv4Address(0x0A00_0002));
            default -> call(new Syscall.Listen(fd(), what / 6 % 4), _ -> {});
        }
    }

    private void accept() {
        if (host.openDescriptors().size() >= MAX_DESCRIPTORS) return;
        call(new Syscall.Accept(listener, Syscall.Socket.SOCK_NONBLOCK), _ -> {});
    }

    void option() {
        int fd = fd();
        SocketOption option = OPTIONS[in.octet() % OPTIONS.length];
        int number = in.pick(0, 1, 2, 5, 60, 500, 1000, 5000, 100_000, -1, Integer.MAX_VALUE);
        OptionValue value =
                switch (in.octet() % 8) {
                    case 0 -> new OptionValue.Linger(true, number);
                    case 1 -> new OptionValue.Text(number % 2 == 0 ? "reno" : "cubic");
                    case 2 -> new OptionValue.Time(Math.max(number, 0) * 1_000_000L);
                    default -> new OptionValue.Int(number);
                };
        if (in.octet() % 4 == 0) call(new Syscall.GetSockOpt(fd, option), _ -> {});
        else call(new Syscall.SetSockOpt(fd, option, value), _ -> {});
    }

    /** What the host sends is what the program wrote. */
    void verify(SentSegment seen) {
        int key = seen.header().srcPort() << 16 | seen.header().dstPort();
        if (seen.has(SYN)) streams.put(key, seen.header().seq());
        Integer iss = streams.get(key);
        // a probe of the peer's buffers or of its life may repeat an octet that is long gone
        if (iss == null || seen.text().length <= 1) return;
        for (byte octet : seen.text()) {
            if (octet != WRITTEN) throw new AssertionError("sent an octet that nobody wrote");
        }
    }

    void closeAll() {
        for (int fd : host.openDescriptors()) {
            for (Task task : host.tasks()) if (task.isBlocked()) task.interrupt();
            // no lingering, so that close(2) is over at once
            call(
                    new Syscall.SetSockOpt(
                            fd, SocketOption.SO_LINGER, new OptionValue.Linger(false, 0)),
                    _ -> {});
            call(new Syscall.Close(fd), _ -> {});
        }
    }
}
