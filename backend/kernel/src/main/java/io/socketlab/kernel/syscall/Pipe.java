package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;

/** A pipe of 64 KiB. pipe(7), fs/pipe.c. */
final class Pipe {

    private static final int CAPACITY = 65_536;

    /** Writes up to this size are not torn apart. */
    private static final int ATOMIC = 4096;

    /** FreeBSD's PIPE_BUF: EVFILT_WRITE tells of room for that much. */
    static final int FREEBSD_PIPE_BUF = 512;

    private final byte[] ring = new byte[CAPACITY];
    private int first;
    private int length;
    private final End reading = new End(true);
    private final End writing = new End(false);

    End reading() {
        return reading;
    }

    End writing() {
        return writing;
    }

    /** One of its two ends, as a descriptor refers to it. */
    final class End implements Pollable {

        private final boolean reads;
        private final WaitQueue waitQueue = new WaitQueue();
        private boolean closed;

        private End(boolean reads) {
            this.reads = reads;
        }

        Outcome<Integer> write(Transmission out) {
            if (reading.closed) return new Failed<>(Errno.EPIPE);
            if (!out.isReadable() && out.remaining() > 0) return new Failed<>(Errno.EFAULT);
            int wanted = out.remaining();
            int room = CAPACITY - length;
            if (wanted > 0 && (room == 0 || (wanted <= ATOMIC && wanted > room))) {
                return new Blocked<>(this, EventMask.OUT, "room in the pipe");
            }
            int count = Math.min(wanted, room);
            put(out.data(), out.taken(), count);
            out.take(count);
            if (count > 0) reading.waitQueue.wake(EventMask.IN | EventMask.RDNORM);
            if (out.remaining() == 0) return new Done<>(out.taken());
            return new Blocked<>(this, EventMask.OUT, "room in the pipe");
        }

        Outcome<Integer> read(Reception in) {
            if (length == 0 && in.room() > 0) {
                if (writing.closed) return new Done<>(0);
                return new Blocked<>(this, EventMask.IN, "octets in the pipe");
            }
            if (!in.isWritable() && in.room() > 0) return new Failed<>(Errno.EFAULT);
            int count = Math.min(in.room(), length);
            byte[] octets = peek(count);
            in.fill(octets, 0, count);
            drop(count);
            return new Done<>(in.filled());
        }

        void close() {
            closed = true;
            int events = reads ? EventMask.ERR : EventMask.HUP;
            (reads ? writing : reading).waitQueue.wakeAll(events | EventMask.IN | EventMask.OUT);
        }

        boolean isReading() {
            return reads;
        }

        Pipe pipe() {
            return Pipe.this;
        }

        /** pipe_poll(). */
        @Override
        public int readiness() {
            if (reads) {
                return (length > 0 ? EventMask.IN | EventMask.RDNORM : 0)
                        | (writing.closed ? EventMask.HUP : 0);
            }
            return (length < CAPACITY ? EventMask.OUT | EventMask.WRNORM : 0)
                    | (reading.closed ? EventMask.ERR : 0);
        }

        @Override
        public WaitQueue waitQueue() {
            return waitQueue;
        }
    }

    int room() {
        return CAPACITY - length;
    }

    int length() {
        return length;
    }

    boolean hasReader() {
        return !reading.closed;
    }

    boolean hasWriter() {
        return !writing.closed;
    }

    /** Adds octets, for which there must be room. */
    void put(byte[] source, int from, int count) {
        for (int i = 0; i < count; i++) ring[(first + length + i) % CAPACITY] = source[from + i];
        length += count;
    }

    /** The next {@code count} octets, which stay. */
    byte[] peek(int count) {
        var octets = new byte[count];
        for (int i = 0; i < count; i++) octets[i] = ring[(first + i) % CAPACITY];
        return octets;
    }

    /** Takes {@code count} octets away. */
    void drop(int count) {
        first = (first + count) % CAPACITY;
        length -= count;
        if (count > 0) writing.waitQueue.wake(EventMask.OUT | EventMask.WRNORM);
    }
}
