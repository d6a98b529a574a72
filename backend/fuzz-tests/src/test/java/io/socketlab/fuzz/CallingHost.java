package io.socketlab.fuzz;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.link.Fifo;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.tcp.Invariants;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A host whose tasks make any calls, and what must hold of it. */
final class CallingHost {

    private static final AllowedErrnos ALLOWED = AllowedErrnos.read();
    private static final int TASKS = 6;
    private static final int MAX_DESCRIPTORS = 24;

    /** Of all processes together. */
    private static final int MAX_TASKS = 20;

    private final Host host;
    private final Inputs in;
    private final Invariants invariants;
    private final RandomCalls calls;

    /** The task whose call is being made up, whose descriptors it is to have. */
    private @Nullable Task caller;

    /** Tasks in a function of the library, also between its calls. */
    private final Set<Task> lookingUp = new HashSet<>();

    /** What was ever open, by itself: nobody may wait for it in the end. */
    private final Set<Pollable> opened = new HashSet<>();

    CallingHost(Host host, Inputs in, List<IpAddress> hosts) {
        this.host = host;
        this.in = in;
        this.invariants = host.tcpInvariants();
        this.calls = new RandomCalls(in, this::descriptor, hosts);
        begin();
        host.files().write("/tmp/file", new byte[3000]);
        host.files().write("/etc/hosts", text("127.0.0.1 localhost\n10.0.0.1 a\n10.0.0.2 b\n"));
        host.files().write("/etc/resolv.conf", text("nameserver " + hosts.getFirst() + "\n"));
    }

    private void begin() {
        host.descriptorLimit(MAX_DESCRIPTORS);
        host.processes().first().action(Signal.SIGPIPE, SignalAction.IGNORE);
    }

    /** A listener and a socket for datagrams, so that there is somebody to talk to. */
    void serve() {
        socket(
                1,
                fd -> {
                    make(new Syscall.Bind(fd, any(RandomCalls.TCP_PORT)));
                    make(new Syscall.Listen(fd, 4));
                });
        socket(2, fd -> make(new Syscall.Bind(fd, any(RandomCalls.UDP_PORT))));
    }

    /** A connection to the other's listener. */
    void connect(Ipv4Address other) {
        socket(
                1 | Syscall.Socket.SOCK_NONBLOCK,
                fd -> make(new Syscall.Connect(fd, new Endpoint(other, RandomCalls.TCP_PORT))));
    }

    private void socket(int type, IntConsumer then) {
        Task task = idle();
        if (task == null) return;
        task.call(
                new Syscall.Socket(Syscall.Socket.AF_INET, type, 0),
                outcome -> {
                    if (outcome instanceof Outcome.Done<Integer>(Integer fd)) then.accept(fd);
                });
    }

    private static Endpoint any(int port) {
        return new Endpoint(Ipv4Address.ANY, port);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Most often one that is open. */
    private int descriptor() {
        List<Integer> open = caller == null ? host.openDescriptors() : caller.descriptors();
        int chosen = in.octet();
        if (open.isEmpty() || chosen > 245) return chosen == 255 ? -1 : chosen % 32;
        return open.get(chosen % open.size());
    }

    private @Nullable Task idle() {
        if (host.processes().first().isOver()) { // by a signal that fcntl(2) asked for
            host.processes().restart();
            begin();
        }
        for (int number = 1; number <= TASKS; number++) {
            if (isIdle(host.task(number))) return host.task(number);
        }
        int first = host.processes().first().pid();
        return host.tasks().stream()
                .filter(task -> task.pid() == first && isIdle(task))
                .findFirst()
                .orElse(null);
    }

    private boolean isIdle(Task task) {
        return !task.isBlocked() && !task.isOver() && !lookingUp.contains(task);
    }

    /** One of all tasks that are in no call: of the first process, of its threads and children. */
    private @Nullable Task anyIdle() {
        Task usual = idle();
        List<Task> others = host.tasks().stream().filter(this::isIdle).toList();
        int chosen = in.octet();
        return chosen < 128 || others.isEmpty() ? usual : others.get(chosen % others.size());
    }

    /** A task that is in no call makes one. */
    void call() {
        caller = anyIdle();
        Optional<Syscall<?>> call = calls.next();
        Task task = caller;
        caller = null;
        if (task == null || call.isEmpty()) return;
        boolean starts = call.get() instanceof Syscall.Fork || isThread(call.get());
        if (!starts || isRoomForTask()) make(task, call.get());
    }

    private static boolean isThread(Syscall<?> call) {
        return call instanceof Syscall.PthreadCreate;
    }

    private boolean isRoomForTask() {
        return host.tasks().stream().filter(task -> !task.isOver()).count() < MAX_TASKS;
    }

    /** A task runs getaddrinfo(3), whose calls are its own. */
    void lookUp() {
        Task task = idle();
        if (task == null) return;
        lookingUp.add(task);
        var function = new GetAddrInfo(calls.lookup());
        task.run(function, host.library(), _ -> lookingUp.remove(task));
    }

    private <R> void make(Syscall<R> call) {
        Task task = idle();
        if (task != null) make(task, call);
    }

    private <R> void make(Task task, Syscall<R> call) {
        task.call(call, outcome -> returned(call, outcome));
        for (int fd : host.openDescriptors()) host.pollable(fd).ifPresent(opened::add);
    }

    private static <R> void returned(Syscall<R> call, Outcome<R> outcome) {
        switch (outcome) {
            case Outcome.Done<R> _ -> {}
            case Outcome.Failed<R>(var errno) -> {
                if (ALLOWED.allows(call, errno)) return;
                throw new AssertionError(call + " failed with " + errno);
            }
            case Outcome.Blocked<R> _ -> throw new AssertionError(call + " returned and waits");
        }
    }

    /** A signal for one of the tasks. */
    void interrupt() {
        Task task = host.task(1 + in.octet() % TASKS);
        if (task.isBlocked()) task.interrupt();
    }

    /** The queueing discipline takes no more, for ENOBUFS, or as many as by default. */
    void fillQueue() {
        host.nic().qdisc(Fifo.ofPackets(in.pick(0, 1, 1000)));
    }

    void check() {
        invariants.check();
    }

    /** Every task leaves its call, other processes end, and every descriptor is closed. */
    void letGo() {
        host.nic().qdisc(Fifo.ofPackets(1000));
        for (Task task : host.tasks()) task.interrupt();
        killOthers();
        make(new Syscall.SetITimer(Syscall.ITimer.NONE));
        for (int fd : host.openDescriptors()) {
            // no lingering, so that close(2) is over at once
            var off = new OptionValue.Linger(false, 0);
            make(new Syscall.SetSockOpt(fd, SocketOption.SO_LINGER, off));
        }
        for (Task task : host.tasks()) task.interrupt();
        for (int fd : host.openDescriptors()) make(new Syscall.Close(fd));
    }

    private void killOthers() {
        int first = host.processes().first().pid();
        host.tasks().stream()
                .filter(task -> !task.isOver() && task.pid() != first)
                .map(Task::pid)
                .distinct()
                .forEach(pid -> make(new Syscall.Kill(pid, Signal.SIGKILL.number())));
    }

    /** Nothing is left, some time after. */
    void mustBeEmpty() {
        check();
        var left = new ArrayList<>(host.leftovers());
        if (invariants.alive() > 0) left.add(invariants.alive() + " connections");
        for (Task task : host.tasks()) {
            task.blockedCall().ifPresent(call -> left.add("a task in " + call));
        }
        for (Pollable object : opened) {
            if (!object.waitQueue().isEmpty()) left.add("somebody waits for " + object);
        }
        if (!left.isEmpty()) throw new AssertionError(host.name() + ": " + String.join(", ", left));
    }
}
