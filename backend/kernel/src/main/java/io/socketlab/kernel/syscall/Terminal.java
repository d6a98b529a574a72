package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.ProgramOutput;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Where a program prints to, and from where it reads what somebody typed: all of it before it
 * began. Nothing here ever waits.
 */
final class Terminal {

    /** Said once, where the output goes on and the trace does not. */
    private static final String NOT_KEPT = "\n[what it prints from here on is not kept]\n";

    private final Input input;
    private final BiConsumer<String, String> reader;
    private int room;
    private boolean full;

    /**
     * @param input all that can be read
     * @param most octets of output that are kept
     * @param reader is given the stream and the text
     */
    Terminal(byte[] input, int most, BiConsumer<String, String> reader) {
        this.reader = reader;
        this.input = new Input(input.clone());
        this.room = most;
    }

    Input input() {
        return input;
    }

    /**
     * @param stream its name in the trace
     */
    Output output(String stream) {
        return new Output(stream);
    }

    /** Standard input. */
    static final class Input implements Pollable {

        private final WaitQueue waitQueue = new WaitQueue();
        private final byte[] octets;
        private int at;

        private Input(byte[] octets) {
            this.octets = octets;
        }

        /** What is left to be read, and nothing at its end. */
        Outcome<Received> read(Reception in) {
            int count = Math.min(in.room(), length());
            if (count > 0 && !in.isWritable()) return new Failed<>(Errno.EFAULT);
            in.fill(octets, at, count);
            at += count;
            return new Done<>(new Received(in.received(), count, Optional.empty(), 0));
        }

        /** Octets that are left. */
        int length() {
            return octets.length - at;
        }

        @Override
        public int readiness() {
            return EventMask.IN | EventMask.RDNORM;
        }

        @Override
        public WaitQueue waitQueue() {
            return waitQueue;
        }
    }

    /** Standard output or standard error. */
    final class Output implements Pollable {

        private final WaitQueue waitQueue = new WaitQueue();
        private final String stream;
        private final CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);

        /** The beginning of a character whose end has not been written yet. */
        private ByteBuffer begun = ByteBuffer.allocate(0);

        private Output(String stream) {
            this.stream = stream;
        }

        /**
         * Takes all of it, whatever becomes of it.
         *
         * @param by the process that writes
         */
        Outcome<Integer> write(Transmission out, UserProcess by) {
            int count = out.remaining();
            if (count > 0 && !out.isReadable()) return new Failed<>(Errno.EFAULT);
            int kept = Math.min(count, room);
            room -= kept;
            String text = decode(out.data(), out.taken(), kept);
            tell(kept < count && !full ? text + NOT_KEPT : text, by);
            if (kept < count) full = true;
            out.take(count);
            return new Done<>(count);
        }

        private void tell(String text, UserProcess by) {
            if (text.isEmpty()) return;
            reader.accept(stream, text);
            Trace trace = by.trace();
            if (!trace.isOn()) return;
            trace.emit(new ProgramOutput(trace.stamp(by.host()), by.number(), stream, text));
        }

        private String decode(byte[] octets, int from, int count) {
            var in = ByteBuffer.allocate(begun.remaining() + count);
            in.put(begun).put(octets, from, count).flip();
            var text = CharBuffer.allocate(in.remaining());
            decoder.reset().decode(in, text, false);
            begun = in;
            return text.flip().toString();
        }

        @Override
        public int readiness() {
            return EventMask.OUT | EventMask.WRNORM;
        }

        @Override
        public WaitQueue waitQueue() {
            return waitQueue;
        }
    }
}
