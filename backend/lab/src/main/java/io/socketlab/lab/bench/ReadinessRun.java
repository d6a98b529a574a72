package io.socketlab.lab.bench;

import io.socketlab.kernel.syscall.CostCounter;
import io.socketlab.kernel.syscall.KernelMemory;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.TraceSink;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many connections that are open and idle, and requests on one of them at a time: the client sends
 * {@value WaitingServer#REQUEST} octets on a connection, the server, which waits for all of them,
 * echoes these, and then it is another connection's turn.
 */
final class ReadinessRun {

    private static final int RING = 1024;
    private static final int BACKLOG = 1024;
    private static final int OTHER_DESCRIPTORS = 8;

    /** Connections to one port of the server: a client has but so many ports of its own. */
    private static final int A_PORT = 25_000;

    /** From one connection to the next, as good as at random: a prime. */
    private static final int STRIDE = 7919;

    private final Pair pair;
    private final Payload payload;
    private final int[] client;
    private final int[] server;
    private int connected;
    private int accepted;
    private int turn;

    /**
     * @param cpus of the server; 0 if its work takes no time
     */
    ReadinessRun(
            WaitingServer.Model model,
            int connections,
            long seed,
            int cpus,
            @Nullable TraceSink sink) {
        this.client = new int[connections];
        this.server = new int[connections];
        this.payload = new Payload(seed, WaitingServer.REQUEST);
        this.pair = Pair.build(seed, RING, 0, Map.of(), model.profile(), cpus, sink);
        pair.client().descriptorLimit(connections + OTHER_DESCRIPTORS);
        pair.server().descriptorLimit(connections + OTHER_DESCRIPTORS);
        int ports = (connections - 1) / A_PORT + 1;
        for (int i = 0; i < ports; i++) {
            new Acceptor(pair.server().task(i + 1), Pair.SERVICE.port() + i).run();
        }
        new Opener(pair.client().task(1)).run();
        pair.runUntil(() -> connected == connections && accepted == connections);
        model.serve(pair.server(), ports + 1, server);
        pair.settle();
    }

    /** One request after the other. */
    void requests(int count) {
        var requester = new Requester(pair.client().task(1), count);
        requester.run();
        pair.runUntil(() -> requester.left == 0);
        pair.settle();
    }

    /** What the server's calls have cost so far. */
    long cost(Cost cost) {
        CostCounter costs = pair.server().costs();
        return costs.get(cost);
    }

    /** What the server's kernel holds now, while it waits. */
    KernelMemory memory() {
        return KernelMemory.of(pair.server().processes());
    }

    /** Takes connections at one port. */
    private final class Acceptor extends Program {

        private final int port;
        private int calls;
        private int listening;

        Acceptor(Task task, int port) {
            super(task);
            this.port = port;
        }

        @Override
        void step() {
            switch (calls++) {
                case 0 -> call(Stream.socket(), made -> listening = made);
                case 1 ->
                        call(
                                new Syscall.Bind(listening, new Endpoint(Ipv4Address.ANY, port)),
                                _ -> {});
                case 2 -> call(new Syscall.Listen(listening, BACKLOG), _ -> {});
                default ->
                        call(
                                new Syscall.Accept(listening, 0),
                                child -> server[accepted++] = child.fd());
            }
        }
    }

    /** Opens one connection after the other. */
    private final class Opener extends Program {

        private int fd = -1;

        Opener(Task task) {
            super(task);
        }

        @Override
        void step() {
            if (fd >= 0) {
                int port = Pair.SERVICE.port() + connected / A_PORT;
                var address = new Endpoint(Pair.SERVICE.address(), port);
                call(new Syscall.Connect(fd, address), _ -> connected());
            } else if (connected < client.length) {
                call(Stream.socket(), made -> fd = made);
            }
        }

        private void connected() {
            client[connected++] = fd;
            fd = -1;
        }
    }

    private final class Requester extends Program {

        private int left;
        private int got = WaitingServer.REQUEST;

        Requester(Task task, int requests) {
            super(task);
            this.left = requests;
        }

        @Override
        void step() {
            int fd = client[turn];
            if (got < WaitingServer.REQUEST) {
                call(Stream.recv(fd, WaitingServer.REQUEST), in -> take(in.data()));
            } else if (left > 0) {
                got = 0;
                call(new Syscall.Write(fd, payload.piece(turn, WaitingServer.REQUEST)), _ -> {});
            }
        }

        private void take(byte[] piece) {
            if (piece.length == 0) throw new IllegalStateException("end after " + got);
            payload.verify(turn + got, piece);
            got += piece.length;
            if (got < WaitingServer.REQUEST) return;
            left--;
            turn = (int) ((turn + (long) STRIDE) % client.length);
        }
    }
}
