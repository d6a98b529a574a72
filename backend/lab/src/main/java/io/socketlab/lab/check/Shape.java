package io.socketlab.lab.check;

import io.socketlab.lab.expr.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of pattern line, read. */
public sealed interface Shape {

    /**
     * Whose event it is.
     *
     * @param host its name, or * for any
     * @param index of a host that there are several of: {@code client[3]}, {@code client[$k]}
     * @param socket its number on the host: {@code client.tcp[$s]}
     * @param task {@code client.2}
     */
    record Who(String host, Optional<Term> index, Optional<Term> socket, Optional<Term> task) {

        public static final Who ANYBODY =
                new Who("*", Optional.empty(), Optional.empty(), Optional.empty());
    }

    enum Direction {
        OUT,
        IN
    }

    /** What a packet is. */
    enum Kind {
        SEGMENT,
        DATAGRAM,
        ICMP
    }

    /**
     * {@code client > S. ack $isn+1}.
     *
     * @param flags empty for any
     * @param fields by name; absolute sequence numbers are {@code abs:seq} and {@code abs:ack}
     * @param options of TCP, where they are asked for
     */
    record Packet(
            Who who,
            Direction direction,
            Kind kind,
            List<Flags> flags,
            Map<String, Term> fields,
            Optional<Options> options)
            implements Shape {
        public Packet {
            flags = List.copyOf(flags);
            fields = ordered(fields);
        }
    }

    /**
     * TCP flags as packetdrill writes them.
     *
     * @param optional those that may be absent
     */
    record Flags(String required, String optional) {

        boolean accept(String flags) {
            for (int i = 0; i < required.length(); i++) {
                if (flags.indexOf(required.charAt(i)) < 0) return false;
            }
            for (int i = 0; i < flags.length(); i++) {
                char flag = flags.charAt(i);
                if (required.indexOf(flag) < 0 && optional.indexOf(flag) < 0) return false;
            }
            return true;
        }
    }

    /**
     * {@code <mss 1460,...>}, {@code <nop,nop,sack 1449:2897>}: SACK blocks count from the SYN.
     *
     * @param open whether others may be there
     */
    record Options(List<Template> wanted, boolean open) {
        public Options {
            wanted = List.copyOf(wanted);
        }
    }

    /** {@code client > [1:3000]}: the first moment at which all these octets have gone by. */
    record Range(Who who, Direction direction, Term from, Term to) implements Shape {}

    enum Phase {
        ENTERED,
        BLOCKED,
        RETURNED
    }

    /**
     * {@code server: accept($ls, ...) = $fd}.
     *
     * @param arguments by role, see {@link CallText}
     */
    record Call(
            Who who,
            List<String> names,
            Map<String, Term> arguments,
            Phase phase,
            Term result,
            Optional<Term> errno)
            implements Shape {
        public Call {
            names = List.copyOf(names);
            arguments = ordered(arguments);
        }
    }

    /** {@code server.tcp: LISTEN -> SYN_RECEIVED}. */
    record Move(Who who, Term from, Term to) implements Shape {}

    /**
     * {@code timer rto fires}.
     *
     * @param event TimerSet, TimerFired or TimerCancelled
     */
    record Timing(Who who, Term timer, String event) implements Shape {}

    /** {@code drop reason=accept_queue_full}, {@code client SocketError errno=EPIPE}. */
    record Happening(Who who, String event, Map<String, Term> fields) implements Shape {
        public Happening {
            fields = ordered(fields);
        }
    }

    /** {@code start} or {@code end} of the run. */
    record Boundary(boolean end) implements Shape {}

    /** {@code client > F. | client > R}. */
    record Either(List<Shape> choices) implements Shape {
        public Either {
            choices = List.copyOf(choices);
        }
    }

    private static Map<String, Term> ordered(Map<String, Term> fields) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
