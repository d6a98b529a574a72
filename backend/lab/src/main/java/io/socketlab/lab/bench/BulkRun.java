package io.socketlab.lab.bench;

import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceSink;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transfer over one connection: the client writes, the server reads and verifies. The receive
 * window is 1 MiB, twice what the path holds, so that nothing is lost but by the loss asked for.
 */
final class BulkRun {

    private static final int WINDOW = 1 << 20;
    private static final int RECEIVE_BUFFER = 4 * WINDOW;
    private static final int RING = 1024;
    private static final int CHUNK = 1 << 16;

    /** SO_RCVLOWAT: the receiver is not woken for less. */
    private static final int LOW_WATER = 1 << 15;

    private static final Map<String, String> SYSCTLS =
            Map.of("net.core.rmem_max", String.valueOf(RECEIVE_BUFFER));

    private final Pair pair;
    private final long octets;
    private final Payload payload;
    private boolean sent;
    private boolean received;

    /**
     * @param octets to transfer
     * @param loss of the client's packets, a probability
     */
    BulkRun(long seed, long octets, double loss, @Nullable TraceSink sink) {
        this.octets = octets;
        this.payload = new Payload(seed, CHUNK);
        this.pair = Pair.build(seed, RING, loss, SYSCTLS, sink);
    }

    static int windowOctets() {
        return WINDOW;
    }

    /** Runs it to its end; answers how many frames were on the link. */
    long run() {
        new Receiver(pair.server().task(1)).run();
        new Sender(pair.client().task(1)).run();
        pair.runUntil(() -> sent && received);
        pair.settle();
        return pair.frames();
    }

    /** Virtual nanoseconds that it took. */
    long virtualNanos() {
        return pair.loop().now();
    }

    private final class Sender extends Program {

        private int calls;
        private int fd;
        private long position;

        Sender(Task task) {
            super(task);
        }

        @Override
        void step() {
            switch (calls++) {
                case 0 -> call(Stream.socket(), made -> fd = made);
                case 1 -> call(new Syscall.Connect(fd, Pair.SERVICE), _ -> {});
                default -> write();
            }
        }

        private void write() {
            int length = (int) Math.min(CHUNK, octets - position);
            if (length > 0) {
                call(
                        new Syscall.Write(fd, payload.piece(position, length)),
                        taken -> position += taken);
            } else if (!sent) {
                call(new Syscall.Close(fd), _ -> sent = true);
            }
        }
    }

    private final class Receiver extends Program {

        private int calls;
        private int listening;
        private final Arriving stream = new Arriving(payload, octets);
        private int fd;

        Receiver(Task task) {
            super(task);
        }

        @Override
        void step() {
            switch (calls++) {
                case 0 -> call(Stream.socket(), made -> listening = made);
                case 1 -> call(set(SocketOption.SO_RCVBUF, RECEIVE_BUFFER), _ -> {});
                case 2 -> call(set(SocketOption.TCP_WINDOW_CLAMP, WINDOW), _ -> {});
                case 3 -> call(set(SocketOption.SO_RCVLOWAT, LOW_WATER), _ -> {});
                case 4 -> call(new Syscall.Bind(listening, Stream.ANY), _ -> {});
                case 5 -> call(new Syscall.Listen(listening, 1), _ -> {});
                case 6 -> call(new Syscall.Accept(listening, 0), accepted -> fd = accepted.fd());
                default -> read();
            }
        }

        private Syscall.SetSockOpt set(SocketOption option, int value) {
            return Stream.set(listening, option, value);
        }

        private void read() {
            if (!stream.hasEnded()) {
                call(new Syscall.Read(fd, CHUNK), in -> stream.take(in.data()));
            } else if (!received) {
                call(new Syscall.Close(fd), _ -> received = true);
            }
        }
    }
}
