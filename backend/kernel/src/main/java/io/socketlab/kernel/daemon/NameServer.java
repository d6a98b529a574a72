package io.socketlab.kernel.daemon;

import io.socketlab.kernel.dns.DnsMessage;
import io.socketlab.kernel.dns.NameData;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A name server that knows some zones all about, and asks nobody. It answers over UDP, and over TCP
 * what does not fit a datagram, one connection after the other. RFC 1034 §4.3, RFC 1035 §4.2.
 */
public final class NameServer {

    /** RFC 1035 §4.2. */
    static final int PORT = 53;

    private static final int ROOM = 4096;
    private static final int BACKLOG = 16;
    private static final int LENGTH = 2;

    private final NameData data;

    /**
     * @param data the zones that it serves
     */
    public NameServer(NameData data) {
        this.data = data;
    }

    /**
     * Begins to serve.
     *
     * @param datagrams the task that answers over UDP
     * @param streams the task that answers over TCP
     */
    public void start(Task datagrams, Task streams) {
        datagrams.call(
                new Syscall.Socket(Syscall.Socket.AF_INET, Syscall.Socket.SOCK_DGRAM, 0),
                opened ->
                        bind(datagrams, fd(opened), fd -> new Datagrams(datagrams, fd).receive()));
        streams.call(
                new Syscall.Socket(Syscall.Socket.AF_INET, Syscall.Socket.SOCK_STREAM, 0),
                opened -> bind(streams, fd(opened), fd -> listen(streams, fd)));
    }

    static int fd(Outcome<Integer> outcome) {
        if (outcome instanceof Done<Integer>(Integer fd)) return fd;
        throw new IllegalStateException("a program that has just begun has no socket: " + outcome);
    }

    static void bind(Task task, int fd, Consumer<Integer> next) {
        task.call(new Syscall.Bind(fd, new Endpoint(Ipv4Address.ANY, PORT)), _ -> next.accept(fd));
    }

    private void listen(Task task, int fd) {
        task.call(new Syscall.Listen(fd, BACKLOG), _ -> new Streams(task, fd).accept());
    }

    /** What to answer to these octets, in at most {@code limit} octets; nothing to nonsense. */
    private Optional<byte[]> response(byte[] octets, int limit) {
        try {
            DnsMessage query = DnsMessage.parse(octets);
            if (query.isResponse()) return Optional.empty();
            return Optional.of(data.answer(query).octets(limit));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    private final class Datagrams {

        private final Task task;
        private final int fd;

        Datagrams(Task task, int fd) {
            this.task = task;
            this.fd = fd;
        }

        void receive() {
            task.call(
                    new Syscall.Recv(fd, ROOM, 0, true),
                    outcome -> {
                        if (outcome instanceof Done<Received>(Received query)) answer(query);
                        else task.later(this::receive);
                    });
        }

        private void answer(Received query) {
            Optional<byte[]> response = response(query.data(), DnsMessage.MAX_DATAGRAM);
            if (response.isEmpty()) {
                task.later(this::receive);
                return;
            }
            task.call(
                    new Syscall.Send(fd, response.get(), 0, query.from()),
                    _ -> task.later(this::receive));
        }
    }

    private final class Streams {

        private final Task task;
        private final int listener;

        Streams(Task task, int listener) {
            this.task = task;
            this.listener = listener;
        }

        void accept() {
            task.call(
                    new Syscall.Accept(listener, 0),
                    outcome -> {
                        if (outcome instanceof Done<Syscall.Accepted>(var accepted)) {
                            read(accepted.fd(), new byte[0]);
                        } else {
                            task.later(this::accept);
                        }
                    });
        }

        private void read(int fd, byte[] before) {
            task.call(
                    new Syscall.Read(fd, ROOM),
                    outcome -> {
                        if (outcome instanceof Done<Received>(Received piece)
                                && piece.data().length > 0) {
                            read(fd, before, piece.data());
                        } else {
                            close(fd);
                        }
                    });
        }

        private void read(int fd, byte[] before, byte[] piece) {
            byte[] all = Arrays.copyOf(before, before.length + piece.length);
            System.arraycopy(piece, 0, all, before.length, piece.length);
            int length = all.length < LENGTH ? ROOM : (all[0] & 0xFF) << 8 | all[1] & 0xFF;
            if (all.length < LENGTH + length) {
                read(fd, all);
                return;
            }
            byte[] query = Arrays.copyOfRange(all, LENGTH, LENGTH + length);
            Optional<byte[]> response = response(query, 0xFFFF);
            if (response.isEmpty()) {
                close(fd);
                return;
            }
            int size = response.get().length;
            byte[] head = {(byte) (size >>> 8), (byte) size};
            task.call(
                    new Syscall.WriteV(fd, List.of(head, response.get())),
                    _ -> read(fd, new byte[0]));
        }

        private void close(int fd) {
            task.call(new Syscall.Close(fd), _ -> task.later(this::accept));
        }
    }
}
