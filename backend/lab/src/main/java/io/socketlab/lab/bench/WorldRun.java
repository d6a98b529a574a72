package io.socketlab.lab.bench;

import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceSink;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One world from nothing to its end: two hosts, a link, a connection, {@value #ECHOED} octets there
 * and back, and the connection closed by both ends.
 */
final class WorldRun {

    private static final int ECHOED = 10_000;
    private static final int RING = 256;

    private final Pair pair;
    private final Payload payload;
    private boolean clientDone;
    private boolean serverDone;

    WorldRun(long seed, Payload payload, @Nullable TraceSink sink) {
        this.payload = payload;
        this.pair = Pair.build(seed, RING, 0, Map.of(), sink);
    }

    /** The octets that all worlds of a bench may use. */
    static Payload payload(long seed) {
        return new Payload(seed, ECHOED);
    }

    /** Runs it to its end; answers how many frames were on the link. */
    long run() {
        new Server(pair.server().task(1)).run();
        new Client(pair.client().task(1)).run();
        pair.runUntil(() -> clientDone && serverDone);
        pair.settle();
        return pair.frames();
    }

    private final class Client extends Program {

        private int calls;
        private final Arriving echo = new Arriving(payload, ECHOED);
        private int fd;

        Client(Task task) {
            super(task);
        }

        @Override
        void step() {
            switch (calls++) {
                case 0 -> call(Stream.socket(), made -> fd = made);
                case 1 -> call(new Syscall.Connect(fd, Pair.SERVICE), _ -> {});
                case 2 -> call(new Syscall.Write(fd, payload.piece(0, ECHOED)), _ -> {});
                default -> readOrClose();
            }
        }

        private void readOrClose() {
            if (!echo.isWhole()) {
                call(new Syscall.Read(fd, ECHOED), in -> echo.take(in.data()));
            } else if (!clientDone) {
                call(new Syscall.Close(fd), _ -> clientDone = true);
            }
        }
    }

    private final class Server extends Program {

        private int calls;
        private int listening;
        private int fd;
        private final Arriving stream = new Arriving(payload, ECHOED);
        private byte[] toEcho = {};

        Server(Task task) {
            super(task);
        }

        @Override
        void step() {
            switch (calls++) {
                case 0 -> call(Stream.socket(), made -> listening = made);
                case 1 -> call(new Syscall.Bind(listening, Stream.ANY), _ -> {});
                case 2 -> call(new Syscall.Listen(listening, 1), _ -> {});
                case 3 -> call(new Syscall.Accept(listening, 0), accepted -> fd = accepted.fd());
                default -> echo();
            }
        }

        private void echo() {
            if (toEcho.length > 0) {
                call(new Syscall.Write(fd, toEcho), _ -> toEcho = new byte[0]);
            } else if (!stream.hasEnded()) {
                call(new Syscall.Read(fd, ECHOED), in -> take(in.data()));
            } else if (!serverDone) {
                call(new Syscall.Close(fd), _ -> serverDone = true);
            }
        }

        private void take(byte[] piece) {
            stream.take(piece);
            toEcho = piece;
        }
    }
}
