package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.DnsMessage;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a name server over TCP, where its answer did not fit a datagram. Each message has its length
 * in front, two octets. RFC 1035 §4.2.2; resolv/res_send.c, send_vc().
 */
final class StreamQuery {

    private static final int LENGTH = 2;

    private final Caller caller;
    private final DnsMessage query;
    private final Consumer<Optional<DnsMessage>> then;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private StreamQuery(Caller caller, DnsMessage query, Consumer<Optional<DnsMessage>> then) {
        this.caller = caller;
        this.query = query;
        this.then = then;
    }

    /**
     * @param then gets the response; nothing if there was none
     */
    static void ask(
            Caller caller, Endpoint server, DnsMessage query, Consumer<Optional<DnsMessage>> then) {
        int type = Syscall.Socket.SOCK_STREAM | Syscall.Socket.SOCK_CLOEXEC;
        var asking = new StreamQuery(caller, query, then);
        caller.call(
                new Syscall.Socket(Syscall.Socket.AF_INET, type, 0),
                outcome -> {
                    if (outcome instanceof Done<Integer>(Integer fd)) asking.connect(fd, server);
                    else then.accept(Optional.empty());
                });
    }

    private void connect(int fd, Endpoint server) {
        call(fd, new Syscall.Connect(fd, server), _ -> send(fd));
    }

    /** Makes a call; if it fails, that was it. */
    private <R> void call(int fd, Syscall<R> call, Consumer<R> next) {
        caller.call(
                call,
                outcome -> {
                    if (outcome instanceof Done<R>(R value)) next.accept(value);
                    else finish(fd, Optional.empty());
                });
    }

    private void send(int fd) {
        byte[] octets = query.octets(0xFFFF);
        byte[] length = {(byte) (octets.length >>> 8), (byte) octets.length};
        call(fd, new Syscall.WriteV(fd, List.of(length, octets)), _ -> receive(fd, LENGTH));
    }

    private void receive(int fd, int count) {
        call(fd, new Syscall.Read(fd, count), r -> received(fd, r));
    }

    private void received(int fd, Received piece) {
        received.writeBytes(piece.data());
        byte[] all = received.toByteArray();
        int wanted = LENGTH;
        if (all.length >= LENGTH) wanted += (all[0] & 0xFF) << 8 | all[1] & 0xFF;
        if (piece.data().length == 0) finish(fd, Optional.empty());
        else if (all.length < wanted || all.length == LENGTH) receive(fd, wanted - all.length);
        else finish(fd, parse(all));
    }

    private Optional<DnsMessage> parse(byte[] all) {
        try {
            byte[] message = Arrays.copyOfRange(all, LENGTH, all.length);
            return Optional.of(DnsMessage.parse(message)).filter(m -> m.answers(query));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    private void finish(int fd, Optional<DnsMessage> response) {
        caller.call(new Syscall.Close(fd), _ -> then.accept(response));
    }
}
