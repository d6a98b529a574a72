package io.socketlab.kernel.daemon;

import io.socketlab.kernel.dns.DnsCache;
import io.socketlab.kernel.dns.DnsMessage;
import io.socketlab.kernel.dns.Question;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A name server that knows nothing by itself: it passes questions on to another server and
 * remembers the answers for as long as their TTL allows. The C library of Linux has no such memory;
 * hosts ask a program like this. RFC 1034 §5.3.1, RFC 9520.
 */
public final class CachingResolver {

    private static final int ROOM = 4096;
    private static final int IDS = 1 << 16;

    /** How long an answer is waited for; whoever asked asks again. */
    private static final long PATIENCE = 5_000_000_000L;

    /** Somebody's question that has been passed on. */
    private record Pending(DnsMessage query, Endpoint from, DnsMessage passedOn, long until) {}

    private final Endpoint upstream;
    private final LongSupplier clock;
    private final Chance chance;
    private final DnsCache cache;
    private final List<Pending> pending = new ArrayList<>();
    private final Task task;
    private int clients;
    private int server;

    /**
     * @param task which serves
     * @param upstream who is asked
     * @param clock virtual nanoseconds
     * @param chance makes the numbers of queries
     */
    public CachingResolver(Task task, Ipv4Address upstream, LongSupplier clock, Chance chance) {
        this.task = task;
        this.upstream = new Endpoint(upstream, NameServer.PORT);
        this.clock = clock;
        this.chance = chance;
        this.cache = new DnsCache(clock);
    }

    /** Begins to serve. */
    public void start() {
        var socket = new Syscall.Socket(Syscall.Socket.AF_INET, Syscall.Socket.SOCK_DGRAM, 0);
        task.call(
                socket,
                first -> {
                    clients = NameServer.fd(first);
                    NameServer.bind(
                            task,
                            clients,
                            _ ->
                                    task.call(
                                            socket,
                                            second -> {
                                                server = NameServer.fd(second);
                                                task.call(
                                                        new Syscall.Connect(server, upstream),
                                                        _ -> await());
                                            }));
                });
    }

    private void await() {
        var fds =
                List.of(
                        new Syscall.PollFd(clients, EventMask.IN, 0),
                        new Syscall.PollFd(server, EventMask.IN, 0));
        task.call(
                new Syscall.Poll(fds, -1),
                outcome -> {
                    if (outcome instanceof Done<List<Syscall.PollFd>>(var found)) {
                        if (found.get(1).revents() != 0) receive(server);
                        else receive(clients);
                    } else {
                        task.later(this::await);
                    }
                });
    }

    private void receive(int fd) {
        task.call(
                new Syscall.Recv(fd, ROOM, MessageFlags.MSG_DONTWAIT, true),
                outcome -> {
                    Optional<DnsMessage> message =
                            outcome instanceof Done<Received>(Received datagram)
                                    ? parse(datagram.data())
                                    : Optional.empty();
                    if (message.isEmpty()) {
                        task.later(this::await);
                    } else if (fd == server) {
                        answered(message.get());
                    } else if (outcome instanceof Done<Received>(Received datagram)) {
                        asked(message.get(), datagram.from().orElseThrow());
                    }
                });
    }

    private static Optional<DnsMessage> parse(byte[] octets) {
        try {
            return Optional.of(DnsMessage.parse(octets));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    private void asked(DnsMessage query, Endpoint from) {
        if (query.isResponse() || query.questions().size() != 1) {
            task.later(this::await);
            return;
        }
        Question question = query.questions().getFirst();
        Optional<DnsMessage> known = cache.get(query, question);
        if (known.isPresent()) {
            send(clients, known.get(), Optional.of(from));
            return;
        }
        long now = clock.getAsLong();
        pending.removeIf(p -> p.until <= now);
        DnsMessage passedOn = DnsMessage.query(chance.nextInt(IDS), question);
        pending.add(new Pending(query, from, passedOn, now + PATIENCE));
        send(server, passedOn, Optional.empty());
    }

    private void answered(DnsMessage response) {
        for (Iterator<Pending> all = pending.iterator(); all.hasNext(); ) {
            Pending asked = all.next();
            if (!response.answers(asked.passedOn)) continue;
            all.remove();
            cache.put(asked.passedOn.questions().getFirst(), response);
            send(clients, response.passedTo(asked.query), Optional.of(asked.from));
            return;
        }
        task.later(this::await);
    }

    private void send(int fd, DnsMessage message, Optional<Endpoint> to) {
        byte[] octets = message.octets(DnsMessage.MAX_DATAGRAM);
        task.call(new Syscall.Send(fd, octets, 0, to), _ -> task.later(this::await));
    }
}
