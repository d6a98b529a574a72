package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.DnsMessage;
import io.socketlab.kernel.dns.ResponseCode;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks name servers: each in turn, and all of them again, until there is an answer to every
 * question. Questions that belong together go out together, and what one server has left open is
 * asked of the next. glibc's resolv/res_send.c, whose calls these are, but that it has sendmmsg(2)
 * where there is a send(2) for each question here.
 */
final class StubResolver {

    /** The port of name servers. RFC 1035 §4.2. */
    static final int PORT = 53;

    private static final int NONE = -1;
    private static final int ROOM = 1024;
    private static final long MS = 1_000_000L;

    private final Caller caller;
    private final ResolverConfig config;
    private final List<DnsMessage> queries;
    private final @Nullable DnsMessage[] responses;
    private final LibraryEnvironment library;
    private final Consumer<Answer> then;
    private final int[] sockets;
    private int server;
    private int attempt;
    private long deadline;
    private boolean refused;

    private StubResolver(
            Caller caller,
            ResolverConfig config,
            List<DnsMessage> queries,
            LibraryEnvironment library,
            Consumer<Answer> then) {
        this.caller = caller;
        this.config = config;
        this.queries = queries;
        this.responses = new @Nullable DnsMessage[queries.size()];
        this.library = library;
        this.then = then;
        this.sockets = new int[config.servers().size()];
        Arrays.fill(sockets, NONE);
    }

    /**
     * @param queries each with an id of 16 bits that nobody can foretell
     */
    static void ask(
            Caller caller,
            ResolverConfig config,
            List<DnsMessage> queries,
            LibraryEnvironment library,
            Consumer<Answer> then) {
        new StubResolver(caller, config, queries, library, then).askServer();
    }

    private void askServer() {
        if (sockets[server] != NONE) {
            awaitRoom(sockets[server]);
            return;
        }
        int type =
                Syscall.Socket.SOCK_DGRAM
                        | Syscall.Socket.SOCK_CLOEXEC
                        | Syscall.Socket.SOCK_NONBLOCK;
        call(new Syscall.Socket(Syscall.Socket.AF_INET, type, 0), this::opened);
    }

    /** Makes a call; if it fails, the next server is asked. */
    private <R> void call(Syscall<R> call, Consumer<R> next) {
        caller.call(
                call,
                outcome -> {
                    if (outcome instanceof Done<R>(R value)) next.accept(value);
                    else giveUpServer(false);
                });
    }

    private void opened(int fd) {
        sockets[server] = fd;
        var recvErr = new Syscall.SetSockOpt(fd, SocketOption.IP_RECVERR, new OptionValue.Int(1));
        var address = new Endpoint(config.servers().get(server), PORT);
        call(recvErr, _ -> call(new Syscall.Connect(fd, address), _ -> awaitRoom(fd)));
    }

    private void awaitRoom(int fd) {
        deadline = library.now() + config.timeoutMs(server) * MS;
        call(poll(fd, EventMask.OUT, 0), _ -> send(fd, 0));
    }

    private static Syscall.Poll poll(int fd, int events, int timeoutMs) {
        return new Syscall.Poll(List.of(new Syscall.PollFd(fd, events, 0)), timeoutMs);
    }

    /** Sends the queries that are not answered yet, from that of number {@code index} on. */
    private void send(int fd, int index) {
        int unanswered = index;
        while (unanswered < responses.length && responses[unanswered] != null) unanswered++;
        if (unanswered == responses.length) {
            await(fd);
            return;
        }
        byte[] octets = queries.get(unanswered).octets(DnsMessage.MAX_DATAGRAM);
        int following = unanswered + 1;
        call(
                new Syscall.Send(fd, octets, MessageFlags.MSG_NOSIGNAL, Optional.empty()),
                _ -> send(fd, following));
    }

    private void await(int fd) {
        int left = (int) Math.max(0, (deadline - library.now() + MS - 1) / MS);
        caller.call(
                poll(fd, EventMask.IN, left),
                outcome -> {
                    if (!(outcome instanceof Done<List<Syscall.PollFd>>(var found))) {
                        await(fd); // a signal: the time that is left is waited for
                        return;
                    }
                    int ready = found.getFirst().revents();
                    if (ready == 0) nextServer();
                    else if ((ready & EventMask.IN) != 0) receive(fd);
                    else giveUpServer(true);
                });
    }

    private void receive(int fd) {
        call(
                new Syscall.Ioctl(fd, Syscall.Ioctl.FIONREAD),
                _ -> call(new Syscall.Recv(fd, ROOM, 0, true), r -> received(fd, r)));
    }

    private void received(int fd, Received datagram) {
        Optional<DnsMessage> response = parse(datagram.data());
        int query = response.map(this::queryOf).orElse(NONE);
        if (response.isEmpty() || query == NONE) {
            await(fd); // somebody else's, or forged
        } else if (isUseless(response.get())) {
            giveUpServer(false);
        } else if (response.get().truncated()) {
            askByStream(fd, query);
        } else {
            answered(fd, query, response.get());
        }
    }

    /** Which question it answers that was still open; {@link #NONE} if none. */
    private int queryOf(DnsMessage response) {
        for (int i = 0; i < responses.length; i++) {
            if (responses[i] == null && response.answers(queries.get(i))) return i;
        }
        return NONE;
    }

    private void answered(int fd, int query, DnsMessage response) {
        responses[query] = response;
        if (Arrays.stream(responses).anyMatch(Objects::isNull)) await(fd);
        else finish(false);
    }

    private static Optional<DnsMessage> parse(byte[] octets) {
        try {
            return Optional.of(DnsMessage.parse(octets));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    /** Another server may know: this one could not, would not, or knows only who else might. */
    private static boolean isUseless(DnsMessage response) {
        boolean referral =
                response.code() == ResponseCode.NOERROR
                        && !response.truncated()
                        && response.answers().isEmpty()
                        && !response.authoritative()
                        && !response.recursionAvailable();
        return referral
                || response.code() == ResponseCode.SERVFAIL
                || response.code() == ResponseCode.NOTIMP
                || response.code() == ResponseCode.REFUSED;
    }

    private void askByStream(int fd, int query) {
        var address = new Endpoint(config.servers().get(server), PORT);
        StreamQuery.ask(
                caller,
                address,
                queries.get(query),
                response -> {
                    if (response.isPresent() && !isUseless(response.get())) {
                        answered(fd, query, response.get());
                    } else {
                        nextServer();
                    }
                });
    }

    /**
     * @param byError an ICMP message has come, or the like
     */
    private void giveUpServer(boolean byError) {
        refused = byError;
        close(this::nextServer);
    }

    private void nextServer() {
        server++;
        if (server == sockets.length) {
            server = 0;
            attempt++;
        }
        if (attempt < config.attempts()) askServer();
        else finish(refused);
    }

    private void finish(boolean byRefusal) {
        List<DnsMessage> found = Arrays.stream(responses).filter(Objects::nonNull).toList();
        var answer = new Answer(found, found.size() == responses.length, byRefusal);
        close(() -> then.accept(answer));
    }

    /** Closes every socket that is open. */
    private void close(Runnable next) {
        for (int i = 0; i < sockets.length; i++) {
            int fd = sockets[i];
            if (fd == NONE) continue;
            sockets[i] = NONE;
            caller.call(new Syscall.Close(fd), (Outcome<Integer> _) -> close(next));
            return;
        }
        next.run();
    }
}
