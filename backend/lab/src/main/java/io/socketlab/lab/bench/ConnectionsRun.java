package io.socketlab.lab.bench;

import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many connections from one host to another: all are opened, then each has {@value #ECHOED} octets
 * echoed, then all are closed. A task for each connection on either host, as a server with a thread
 * for each client; what happens to one is {@value #STAGGER} virtual nanoseconds after the one
 * before.
 */
final class ConnectionsRun {

    private static final int ECHOED = 100;
    private static final long STAGGER = 100_000L;
    private static final int RING = 1024;
    private static final int BACKLOG = 1024;
    private static final int OTHER_DESCRIPTORS = 8;

    private final int connections;
    private final Pair pair;
    private final Payload payload;
    private final List<Client> clients = new ArrayList<>();

    /** Descriptors of the server's ends, in the order of accept(2). */
    private final int[] served;

    private int accepted;
    private int connected;
    private int echoed;
    private int closed;

    ConnectionsRun(long seed, int connections, @Nullable TraceSink sink) {
        this.connections = connections;
        this.served = new int[connections];
        this.payload = new Payload(seed, ECHOED);
        this.pair = Pair.build(seed, RING, 0, Map.of(), sink);
        pair.client().descriptorLimit(connections + OTHER_DESCRIPTORS);
        pair.server().descriptorLimit(connections + OTHER_DESCRIPTORS);
        new Acceptor(pair.server().task(1)).run();
    }

    /** Opens all of them. */
    void open() {
        for (int i = 0; i < connections; i++) clients.add(new Client(pair.client().task(i + 1), i));
        each(i -> clients.get(i).run());
        pair.runUntil(() -> connected == connections && accepted == connections);
        pair.settle();
    }

    /** All of them echo. */
    void echo() {
        for (int i = 0; i < connections; i++) new Handler(i, served[i]).run();
        each(i -> clients.get(i).run());
        pair.runUntil(() -> echoed == connections);
        pair.settle();
    }

    /** Closes all of them; answers how many frames were on the link from the first to the last. */
    long close() {
        each(i -> clients.get(i).run());
        pair.runUntil(() -> closed == 2 * connections);
        pair.settle();
        return pair.frames();
    }

    /** Opens all of them from one task, so that nothing but the connections takes memory. */
    void openIdle() {
        new Opener(pair.client().task(1)).run();
        pair.runUntil(() -> connected == connections && accepted == connections);
        pair.settle();
    }

    private interface Numbered {
        void run(int connection);
    }

    private void each(Numbered program) {
        new Turns(program).next();
    }

    /** Runs a program for each connection, one after the other. */
    private final class Turns {

        private final Numbered program;
        private int turn;

        Turns(Numbered program) {
            this.program = program;
        }

        private void next() {
            program.run(turn++);
            if (turn < connections) pair.loop().after(STAGGER, this::next);
        }
    }

    private final class Acceptor extends Program {

        private int calls;
        private int listening;

        Acceptor(Task task) {
            super(task);
        }

        @Override
        void step() {
            switch (calls++) {
                case 0 -> call(Stream.socket(), made -> listening = made);
                case 1 -> call(new Syscall.Bind(listening, Stream.ANY), _ -> {});
                case 2 -> call(new Syscall.Listen(listening, BACKLOG), _ -> {});
                default -> call(new Syscall.Accept(listening, 0), this::take);
            }
        }

        private void take(Syscall.Accepted child) {
            served[accepted++] = child.fd();
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
                call(new Syscall.Connect(fd, Pair.SERVICE), _ -> connected());
            } else if (connected < connections) {
                call(Stream.socket(), made -> fd = made);
            }
        }

        private void connected() {
            fd = -1;
            connected++;
        }
    }

    private final class Client extends Program {

        private final int number;
        private int calls;
        private int fd;
        private int got;

        Client(Task task, int number) {
            super(task);
            this.number = number;
        }

        @Override
        void step() {
            switch (calls++) {
                case 0 -> call(Stream.socket(), made -> fd = made);
                case 1 -> call(new Syscall.Connect(fd, Pair.SERVICE), _ -> connected++);
                case 3 -> call(new Syscall.Write(fd, payload.piece(number, ECHOED)), _ -> {});
                case 4 -> call(Stream.recv(fd, ECHOED), in -> take(in.data()));
                case 6 -> call(new Syscall.Close(fd), _ -> closed++);
                default -> {} // waits for its turn, or is over
            }
        }

        private void take(byte[] piece) {
            if (piece.length == 0) throw new IllegalStateException("end after " + got);
            payload.verify(number + got, piece);
            got += piece.length;
            if (got < ECHOED) calls--;
            else echoed++;
        }
    }

    private final class Handler extends Program {

        private final int fd;
        private byte[] toEcho = {};
        private boolean end;
        private boolean over;

        Handler(int number, int fd) {
            super(pair.server().task(number + 2));
            this.fd = fd;
        }

        @Override
        void step() {
            if (toEcho.length > 0) {
                call(new Syscall.Write(fd, toEcho), _ -> toEcho = new byte[0]);
            } else if (!end) {
                call(Stream.recv(fd, ECHOED), in -> take(in.data()));
            } else if (!over) {
                over = true;
                call(new Syscall.Close(fd), _ -> closed++);
            }
        }

        private void take(byte[] piece) {
            toEcho = piece;
            end = piece.length == 0;
        }
    }
}
