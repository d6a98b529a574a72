package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to go wrong with calls of one kind. */
public sealed interface CallFault {

    /** It fails before it has done anything: EINTR as if a signal had come first, ENOBUFS, EIO. */
    record Fail(Errno errno) implements CallFault {}

    /**
     * Of what it is to move on a stream it moves so many octets at most, as it may at any time.
     *
     * @param octets 1 at least
     */
    record Partial(int octets) implements CallFault {
        public Partial {
            if (octets < 1) throw new IllegalArgumentException("octets " + octets);
        }
    }

    /**
     * It begins later than its program makes it, as in one that has other things to do.
     *
     * @param nanos by how much
     */
    record Slow(long nanos) implements CallFault {
        public Slow {
            if (nanos < 1) throw new IllegalArgumentException("nanos " + nanos);
        }
    }

    /**
     * Which calls are meant.
     *
     * @param call its name, {@code recv}
     * @param first which one from now on is the first, from 1
     * @param every after it each so many-th; 0 for none
     * @param place where they stand in their program's source, {@code server.c:41}: others do not
     *     count; empty for anywhere
     */
    record Turns(String call, int first, int every, Optional<String> place) {
        public Turns(String call, int first, int every) {
            this(call, first, every, Optional.empty());
        }

        public Turns {
            if (first < 1) throw new IllegalArgumentException("first " + first);
            if (every < 0) throw new IllegalArgumentException("every " + every);
        }

        boolean areOf(String name, @Nullable String at) {
            return call.equals(name) && (place.isEmpty() || place.get().equals(at));
        }

        boolean include(int number) {
            if (number < first || every == 0) return number == first;
            return (number - first) % every == 0;
        }

        boolean areOver(int number) {
            return every == 0 && number >= first;
        }
    }
}
