package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.CLIENT;
import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;

import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.tcp.Invariants;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Two programs that send each other streams over a link that loses, repeats, swaps and corrupts
 * packets. All of it, the hosts' settings included, comes from one seed.
 */
final class RandomTransfer {

    private static final int PORT = 8080;
    private static final int MAX_EVENTS = 3_000_000;
    private static final int MAX_EVENTS_AT_ONCE = 100_000;
    private static final int WRITER = 1;
    private static final int READER = 2;

    private final SplittableRandom random;
    private final long seed;
    private final Network network;
    private final List<Invariants> invariants = new ArrayList<>();
    private final TimerTrace timers = new TimerTrace();
    private final End client;
    private final End server;
    private double damage;

    RandomTransfer(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        Map<String, String> clientSysctls = sysctls();
        Map<String, String> serverSysctls = sysctls();
        int mtu = pick(1500, 1500, 1500, 576, 296, 9000);
        long delay = pick(0, 1, 1, 10, 10, 50, 200) * MS;
        long rate = pick(0, 0, 0, 1_000_000, 10_000_000, 100_000_000);
        int queue = pick(1000, 1000, 100, 10, 3);
        LinkSpec link =
                new LinkSpec("link", "client", "server", delay, rate, queue, impairments(delay));
        network =
                Network.build(
                        new NetworkSpec(
                                seed,
                                List.of(
                                        host("client", CLIENT, clientSysctls, mtu),
                                        host("server", SERVER, serverSysctls, mtu)),
                                List.of(link)),
                        random.nextInt(4) == 0 ? null : timers);
        client = new End(network.host("client"), 1);
        server = new End(network.host("server"), 2);
        network.hosts().forEach(host -> invariants.add(host.tcpInvariants()));
    }

    private static HostSpec host(
            String name, Ipv4Address address, Map<String, String> sysctls, int mtu) {
        return new HostSpec(
                name,
                address,
                24,
                Optional.empty(),
                KernelProfile.LINUX,
                sysctls,
                mtu,
                NicSettings.DEFAULT,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private Map<String, String> sysctls() {
        var sysctls = new LinkedHashMap<String, String>();
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_sack", "0");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_timestamps", "0");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_window_scaling", "0");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_dsack", "0");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_shrink_window", "1");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_ecn", "1");
        if (oneIn(3)) sysctls.put("net.ipv4.tcp_congestion_control", "reno");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_mtu_probing", "2");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_early_retrans", "0");
        if (oneIn(4)) sysctls.put("net.ipv4.tcp_frto", "0");
        return sysctls;
    }

    private List<Impairment> impairments(long delay) {
        var impairments = new ArrayList<Impairment>();
        if (!oneIn(4)) {
            double loss = oneIn(10) ? 0.5 + random.nextDouble() / 2 : random.nextDouble() * 0.1;
            damage += loss;
            String from = oneIn(3) ? "client" : oneIn(3) ? "server" : "";
            impairments.add(new Impairment.Loss(from, loss));
        }
        if (oneIn(2)) impairments.add(new Impairment.Duplicate("", random.nextDouble() * 0.1));
        if (oneIn(2)) {
            long extra = 1 + random.nextLong(2 * delay + 5 * MS);
            impairments.add(new Impairment.Reorder("", random.nextDouble() * 0.2, extra));
        }
        if (oneIn(3)) {
            double corrupted = random.nextDouble() * 0.05;
            damage += corrupted;
            impairments.add(new Impairment.Corrupt("", corrupted));
        }
        return impairments;
    }

    /** Runs until nothing happens by itself any more, and checks all that must hold. */
    void run() {
        server.serve(client::connect);
        EventLoop loop = network.loop();
        long instant = -1;
        int atOnce = 0;
        while (loop.runNext()) {
            invariants.forEach(Invariants::check);
            timers.check();
            if (loop.steps() > MAX_EVENTS) throw failed("no end of events");
            if (loop.now() != instant) atOnce = 0;
            instant = loop.now();
            if (++atOnce > MAX_EVENTS_AT_ONCE) throw failed("no end of events at one instant");
        }
        client.isOver();
        server.isOver();
        if (damage < 0.16) {
            client.hasSucceeded(server);
            server.hasSucceeded(client);
        }
    }

    /** Whether all octets got through in both directions. */
    boolean arrivedWhole() {
        return client.readEnd && server.readEnd;
    }

    private AssertionError failed(String what) {
        return new AssertionError(
                "seed "
                        + seed
                        + " at "
                        + network.loop().now()
                        + " ns: "
                        + what
                        + "\n  "
                        + client
                        + "\n  "
                        + server);
    }

    /** A program at one end: one task writes a stream, another reads the peer's. */
    private final class End {

        private final Host host;
        private final int id;
        private final int largestWrite = pick(1, 100, 1448, 5000, 60_000);
        private final int largestRead = pick(100, 300, 1448, 5000, 60_000);
        private final int total =
                Math.min(
                        pick(0, 1, 1000, 20_000, 100_000, 300_000) + random.nextInt(100),
                        2000 * largestWrite);
        private final boolean sleepy = oneIn(4);

        /** Lets go only when the peer has acknowledged everything. */
        private final boolean patient = !oneIn(3);

        private int fd = -1;
        private int written;
        private int offered;
        private int read;
        private boolean readEnd;
        private boolean writeOver;
        private boolean readOver;
        private boolean closed;
        private Optional<Errno> error = Optional.empty();
        private int listener = -1;

        End(Host host, int id) {
            this.host = host;
            this.id = id;
        }

        private <R> void call(int task, Syscall<R> call, Consumer<R> done) {
            host.task(task)
                    .call(
                            call,
                            outcome -> {
                                switch (outcome) {
                                    case Outcome.Done<R>(R value) -> done.accept(value);
                                    case Outcome.Failed<R>(Errno errno) -> fails(task, errno);
                                    case Outcome.Blocked<R> blocked -> throw failed("" + blocked);
                                }
                            });
        }

        private void fails(int task, Errno errno) {
            if (error.isEmpty()) error = Optional.of(errno);
            if (fd < 0) {
                writeOver = true;
                readOver = true;
            }
            if (task == WRITER) writeOver = true;
            else readOver = true;
            later(this::closeIfOver);
        }

        private void later(Runnable next) {
            if (sleepy && oneIn(20)) network.loop().after(random.nextLong(3000 * MS), next);
            else network.loop().defer(next);
        }

        void serve(Runnable listening) {
            call(
                    WRITER,
                    new Syscall.Socket(2, 1, 0),
                    made -> {
                        listener = made;
                        options(made);
                        call(
                                WRITER,
                                new Syscall.Bind(made, new Endpoint(Ipv4Address.ANY, PORT)),
                                _ -> {});
                        call(WRITER, new Syscall.Listen(made, 5), _ -> {});
                        accept();
                        listening.run();
                    });
        }

        private void accept() {
            call(WRITER, new Syscall.Accept(listener, 0), accepted -> opened(accepted.fd()));
        }

        void connect() {
            call(
                    WRITER,
                    new Syscall.Socket(2, 1, 0),
                    made -> {
                        options(made);
                        var to = new Endpoint(SERVER, PORT);
                        call(WRITER, new Syscall.Connect(made, to), _ -> opened(made));
                    });
        }

        private void options(int made) {
            set(made, SocketOption.SO_KEEPALIVE, 1);
            set(made, SocketOption.TCP_KEEPIDLE, 60);
            if (oneIn(3)) set(made, SocketOption.TCP_NODELAY, 1);
            if (oneIn(4)) set(made, SocketOption.SO_SNDBUF, pick(1, 4000, 20_000));
            if (oneIn(4)) set(made, SocketOption.SO_RCVBUF, pick(1, 2000, 4000, 20_000));
            if (oneIn(6)) set(made, SocketOption.TCP_MAXSEG, pick(100, 536, 1000));
            if (oneIn(6)) set(made, SocketOption.TCP_WINDOW_CLAMP, pick(1000, 5000, 50_000));
            if (oneIn(6)) set(made, SocketOption.TCP_NOTSENT_LOWAT, pick(1, 1000, 10_000));
        }

        private void set(int made, SocketOption option, int value) {
            var call = new Syscall.SetSockOpt(made, option, new OptionValue.Int(value));
            call(WRITER, call, _ -> {});
        }

        private void opened(int made) {
            fd = made;
            later(this::write);
            later(this::read);
        }

        private byte octet(int writer, int at) {
            return (byte) ((at * 0x9E3779B9 + writer * 77) >>> 13);
        }

        private void write() {
            if (written == total) {
                call(
                        WRITER,
                        new Syscall.Shutdown(fd, Syscall.Shutdown.SHUT_WR),
                        _ -> {
                            writeOver = true;
                            later(this::closeIfOver);
                        });
                return;
            }
            int length = Math.min(total - written, 1 + random.nextInt(largestWrite));
            byte[] data = new byte[length];
            for (int i = 0; i < length; i++) data[i] = octet(id, written + i);
            offered = written + length;
            int flags = oneIn(8) ? 0x8000 : 0;
            call(
                    WRITER,
                    new Syscall.Send(fd, data, flags, Optional.empty()),
                    count -> {
                        if (count < 1 || count > length) throw failed("send returned " + count);
                        written += count;
                        later(this::write);
                    });
        }

        private void read() {
            int room = 1 + random.nextInt(largestRead);
            call(READER, new Syscall.Read(fd, room), this::took);
        }

        private void took(Received received) {
            byte[] data = received.data();
            End peer = id == 1 ? server : client;
            for (int i = 0; i < data.length; i++) {
                if (data[i] != octet(peer.id, read + i)) throw failed("octet " + (read + i));
            }
            read += data.length;
            if (read > peer.offered) throw failed("read more than was offered");
            if (data.length > 0) {
                later(this::read);
                return;
            }
            readOver = true;
            // after an error the end of the stream means nothing
            if (error.isEmpty()) {
                readEnd = true;
                if (read != peer.total) throw failed("the stream ends early");
            }
            later(this::closeIfOver);
        }

        private void closeIfOver() {
            if (!writeOver || !readOver || closed) return;
            if (fd >= 0 && patient && error.isEmpty()) {
                call(
                        WRITER,
                        new Syscall.Ioctl(fd, Syscall.Ioctl.SIOCOUTQ),
                        unacknowledged -> {
                            if (unacknowledged == 0 || hasFailed()) close();
                            else network.loop().after(1000 * MS, this::closeIfOver);
                        });
                return;
            }
            close();
        }

        private boolean hasFailed() {
            call(
                    WRITER,
                    new Syscall.GetSockOpt(fd, SocketOption.SO_ERROR),
                    value -> {
                        int errno = value instanceof OptionValue.Int(int number) ? number : 0;
                        if (errno != 0) error = Optional.of(Errno.of(errno));
                    });
            return error.isPresent();
        }

        private void close() {
            closed = true;
            if (fd >= 0) call(WRITER, new Syscall.Close(fd), _ -> {});
        }

        /** No task waits for what will not come, unless nobody ever came to the server. */
        void isOver() {
            boolean nobodyCame = listener >= 0 && fd < 0;
            if (!closed && !nobodyCame) throw failed(host.name() + " never learnt of the end");
        }

        void hasSucceeded(End peer) {
            if (!patient || !peer.patient) return;
            if (error.isPresent()) throw failed(host.name() + " failed on a good link");
            if (!readEnd || read != peer.total) throw failed(host.name() + " lacks octets");
        }

        @Override
        public String toString() {
            return "%s: written %d of %d, read %d%s, over %s %s, error %s, waits for %s %s"
                    .formatted(
                            host.name(),
                            written,
                            total,
                            read,
                            readEnd ? " and the end" : "",
                            writeOver,
                            readOver,
                            error,
                            host.task(WRITER).waitsFor(),
                            host.task(READER).waitsFor());
        }
    }
}
