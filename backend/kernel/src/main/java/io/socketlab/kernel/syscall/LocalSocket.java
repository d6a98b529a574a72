package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.PlainLevels;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketLevels;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the two sockets of AF_UNIX that socketpair(2) makes. What one sends waits in the other's
 * queue; no packet goes anywhere. unix(7), net/unix/af_unix.c.
 *
 * <p>Octets count as they are, where Linux counts the memory that keeps them.
 */
final class LocalSocket implements Socket {

    /** It has no number in the trace: its events are those of its calls. */
    private static final int NO_NUMBER = 0;

    /** Octets at first: net.core.wmem_default. */
    private static final int BUFFER = 212_992;

    /** net.unix.max_dgram_qlen. */
    private static final int MOST_DATAGRAMS = 10;

    private final int type;
    private final SocketOptions options;
    private final WaitQueue waitQueue = new WaitQueue();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private @Nullable LocalSocket peer;

    /** Of the first in the queue, how much has been read. */
    private int at;

    private int octets;
    private boolean shutForReading;
    private boolean shutForWriting;

    private LocalSocket(int type, Sysctls sysctls) {
        this.type = type;
        this.options = new SocketOptions(AddressFamily.AF_INET, type, 0, BUFFER, BUFFER, sysctls);
    }

    /** Two that are connected with one another. */
    static LocalSocket[] pair(int type, Sysctls sysctls) {
        var first = new LocalSocket(type, sysctls);
        var second = new LocalSocket(type, sysctls);
        first.peer = second;
        second.peer = first;
        return new LocalSocket[] {first, second};
    }

    @Override
    public int number() {
        return NO_NUMBER;
    }

    @Override
    public boolean isStream() {
        return type == Syscall.Socket.SOCK_STREAM;
    }

    private boolean isDatagram() {
        return type == Syscall.Socket.SOCK_DGRAM;
    }

    @Override
    public Outcome<Integer> bind(Endpoint local) {
        return new Failed<>(Errno.EINVAL);
    }

    @Override
    public Outcome<Integer> listen(int backlog) {
        return new Failed<>(isDatagram() ? Errno.EOPNOTSUPP : Errno.EINVAL);
    }

    @Override
    public Outcome<Socket> accept() {
        return new Failed<>(isDatagram() ? Errno.EOPNOTSUPP : Errno.EINVAL);
    }

    @Override
    public Outcome<Integer> connect(Endpoint remote, boolean resumed) {
        return new Failed<>(Errno.EINVAL);
    }

    // ---- sending

    @Override
    public Outcome<Integer> send(Transmission out) {
        if ((out.flags() & MessageFlags.MSG_OOB) != 0 && !isStream()) {
            return new Failed<>(Errno.EOPNOTSUPP);
        }
        if (out.to().isPresent()) return new Failed<>(Errno.EISCONN);
        LocalSocket to = peer;
        if (shutForWriting) return new Failed<>(Errno.EPIPE);
        if (to == null) return new Failed<>(isDatagram() ? Errno.ECONNREFUSED : Errno.EPIPE);
        if (to.shutForReading) return new Failed<>(Errno.EPIPE);
        if (out.remaining() > 0 && !out.isReadable()) return new Failed<>(Errno.EFAULT);
        return isStream() ? stream(out, to) : message(out, to);
    }

    private Outcome<Integer> stream(Transmission out, LocalSocket to) {
        int count = Math.min(out.remaining(), Math.max(0, options.sendBuffer() - to.octets));
        if (count > 0) to.arrive(Arrays.copyOfRange(out.data(), out.taken(), out.taken() + count));
        out.take(count);
        return out.remaining() == 0 ? new Done<>(out.taken()) : noRoom();
    }

    private Outcome<Integer> message(Transmission out, LocalSocket to) {
        if (out.remaining() > options.sendBuffer()) return new Failed<>(Errno.EMSGSIZE);
        boolean fits = out.remaining() <= options.sendBuffer() - to.octets;
        if (!fits || isDatagram() && to.queue.size() > MOST_DATAGRAMS) return noRoom();
        to.arrive(out.data().clone());
        out.take(out.remaining());
        return new Done<>(out.taken());
    }

    private Outcome<Integer> noRoom() {
        return new Blocked<>(this, EventMask.OUT, "room in the other's queue");
    }

    private void arrive(byte[] data) {
        queue.add(data);
        octets += data.length;
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
    }

    // ---- receiving

    @Override
    public Outcome<Received> receive(Reception in) {
        if ((in.flags() & MessageFlags.MSG_OOB) != 0) return new Failed<>(Errno.EOPNOTSUPP);
        Optional<Errno> error = queue.isEmpty() ? options.takeError() : Optional.empty();
        if (error.isPresent()) return new Failed<>(error.get());
        if (isStream() && in.room() == 0) return received(in, 0);
        if (queue.isEmpty()) {
            if (isAtEnd()) return received(in, 0);
            return new Blocked<>(this, EventMask.IN, "octets from the other socket");
        }
        if (!in.isWritable()) return new Failed<>(Errno.EFAULT);
        boolean peeks = (in.flags() & MessageFlags.MSG_PEEK) != 0;
        return isStream() ? stream(in, peeks) : message(in, peeks);
    }

    private boolean isAtEnd() {
        return shutForReading || !isDatagram() && peer == null;
    }

    private Outcome<Received> stream(Reception in, boolean peeks) {
        int from = at;
        for (byte[] piece : queue) {
            int count = Math.min(in.room(), piece.length - from);
            in.fill(piece, from, count);
            from = 0;
            if (in.room() == 0) break;
        }
        if (!peeks) drop(in.filled());
        boolean waitsForAll = (in.flags() & MessageFlags.MSG_WAITALL) != 0 && !peeks;
        if (waitsForAll && in.room() > 0 && !isAtEnd()) {
            return new Blocked<>(this, EventMask.IN, "as many octets as it asks for");
        }
        return received(in, 0);
    }

    /** Takes the first octets away: what is there of them. */
    private void drop(int count) {
        int left = Math.min(count, octets);
        octets -= left;
        while (left > 0) {
            byte[] first = queue.element();
            int taken = Math.min(left, first.length - at);
            left -= taken;
            at += taken;
            if (at < first.length) break;
            queue.remove();
            at = 0;
        }
        tellRoom();
    }

    private Outcome<Received> message(Reception in, boolean peeks) {
        byte[] first = queue.element();
        int count = Math.min(in.room(), first.length);
        in.fill(first, 0, count);
        if (!peeks) {
            queue.remove();
            octets -= first.length;
            tellRoom();
        }
        return received(in, count < first.length ? MessageFlags.MSG_TRUNC : 0);
    }

    private void tellRoom() {
        if (peer != null) peer.waitQueue.wake(EventMask.OUT | EventMask.WRNORM);
    }

    private static Outcome<Received> received(Reception in, int flags) {
        byte[] data = in.received();
        return new Done<>(new Received(data, data.length, Optional.empty(), flags));
    }

    // ---- its end

    @Override
    public Outcome<Integer> shutdown(boolean reading, boolean writing) {
        shut(reading, writing);
        if (peer != null && !isDatagram()) peer.shut(writing, reading);
        return new Done<>(0);
    }

    private void shut(boolean reading, boolean writing) {
        shutForReading |= reading;
        shutForWriting |= writing;
        waitQueue.wakeAll(EventMask.IN | EventMask.OUT | EventMask.RDHUP | EventMask.HUP);
    }

    /** unix_release_sock(): octets that nobody has read are lost, and the other is told so. */
    @Override
    public Outcome<Integer> close(boolean resumed) {
        LocalSocket other = peer;
        if (other == null) return new Done<>(0);
        peer = null;
        if (!isDatagram()) {
            if (!queue.isEmpty()) other.options.error(Errno.ECONNRESET);
            other.peer = null;
            other.shut(true, true);
        } else {
            other.peer = null;
            other.waitQueue.wakeAll(EventMask.OUT);
        }
        queue.clear();
        octets = 0;
        return new Done<>(0);
    }

    // ---- the rest

    @Override
    public Endpoint localEndpoint() {
        return Endpoint.ANY;
    }

    @Override
    public Optional<Endpoint> remoteEndpoint() {
        return peer == null ? Optional.empty() : Optional.of(Endpoint.ANY);
    }

    @Override
    public Outcome<Integer> setOption(SocketOption option, OptionValue value) {
        if (option.level().number() != SocketOption.SO_TYPE.level().number()) {
            return new Failed<>(Errno.EOPNOTSUPP);
        }
        return options.set(option, value);
    }

    @Override
    public Outcome<OptionValue> getOption(SocketOption option) {
        if (option == SocketOption.SO_DOMAIN) {
            return new Done<>(new OptionValue.Int(Syscall.Socket.AF_UNIX));
        }
        if (option.level().number() != SocketOption.SO_TYPE.level().number()) {
            return new Failed<>(Errno.EOPNOTSUPP);
        }
        return options.get(option, false);
    }

    @Override
    public SocketOptions options() {
        return options;
    }

    @Override
    public Outcome<Integer> readableOctets() {
        byte[] first = queue.peek();
        return new Done<>(isStream() ? octets : first == null ? 0 : first.length);
    }

    @Override
    public Outcome<Integer> unacknowledgedOctets() {
        return new Done<>(peer == null ? 0 : peer.octets);
    }

    /** unix_poll(). */
    @Override
    public int readiness() {
        int mask = options.errorReadiness();
        if (shutForReading) mask |= EventMask.RDHUP | EventMask.IN | EventMask.RDNORM;
        if (shutForReading && shutForWriting) mask |= EventMask.HUP;
        if (!queue.isEmpty()) mask |= EventMask.IN | EventMask.RDNORM;
        if (levels().room() > 0 || shutForWriting) mask |= EventMask.WRITABLE;
        return mask;
    }

    @Override
    public SocketLevels levels() {
        int room = peer == null ? options.sendBuffer() : options.sendBuffer() - peer.octets;
        return new PlainLevels(
                octets, !queue.isEmpty(), Math.max(0, room), isAtEnd(), shutForWriting);
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
