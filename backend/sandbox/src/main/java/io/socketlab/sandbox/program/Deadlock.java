package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.Socket;
import io.socketlab.sandbox.program.Standing.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Programs that wait for one another when nothing is under way any more, so that none of them ever
 * goes on. A server that waits for the next connection is none: nobody waits for it.
 *
 * @param ends those that wait, one at least
 * @param sentence who waits where for whom
 * @param lesson what to do about it
 */
public record Deadlock(List<End> ends, String sentence, String lesson) {

    /**
     * One that waits.
     *
     * @param place where in its source, {@code server.c:41}; empty where that is not known
     * @param words what it does: {@code waits in recv()}
     */
    public record End(String host, int task, String place, String words) {}

    public Deadlock {
        ends = List.copyOf(ends);
    }

    private static final String BOTH_RECEIVE =
            "A protocol says who speaks first, and how the other knows that all has come. If one of them did send,"
                    + " look whether it sent all that the other waits for.";

    private static final String BOTH_SEND =
            "Two buffers are all that lies between them. Whoever sends much has to read meanwhile: poll() tells when"
                    + " either is possible.";

    private static final String NOBODY_SENDS =
            "recv() returns when something comes, or 0 once the connection is closed in every process that has it:"
                    + " was an answer left out, or a close()?";

    private static final String NOBODY_READS =
            "send() waits while the other's buffer is full: somebody has to read what was sent.";

    private static final String THREADS =
            "Lock mutexes in the same order everywhere, unlock them on every way out, and signal a condition after"
                    + " what is waited for has come true.";

    /**
     * Those among programs that wait.
     *
     * @param standing in the order in which they were started
     * @param idle whether nothing is under way any more; else only those are told that no timer
     *     could end: both ends do the same, without a timeout
     */
    static List<Deadlock> among(List<Standing> standing, boolean idle) {
        var found = new ArrayList<Deadlock>();
        var told = new HashSet<Standing>();
        for (Standing one : standing) {
            if (told.contains(one)) continue;
            ofConnection(one, standing, told, idle)
                    .or(() -> idle ? ofThreads(one, standing, told) : Optional.empty())
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Deadlock> ofConnection(
            Standing one, List<Standing> standing, Set<Standing> told, boolean idle) {
        Optional<Socket> socket = one.socket();
        Direction direction = one.direction();
        if (socket.isEmpty() || direction == Direction.NEITHER) return Optional.empty();
        List<Standing> others =
                standing.stream().filter(other -> other.hasOtherEndOf(socket.get())).toList();
        Optional<Standing> same =
                others.stream()
                        .filter(other -> other.direction() == direction)
                        .filter(other -> other.socket().filter(one::hasOtherEndOf).isPresent())
                        .findFirst();
        if (same.isPresent() && (idle || one.waitsForEver() && same.get().waitsForEver())) {
            told.add(same.get());
            return Optional.of(bothEnds(one, same.get(), direction));
        }
        if (!idle) return Optional.empty();
        return others.stream().findFirst().map(other -> oneEnd(one, other, direction));
    }

    private static Deadlock bothEnds(Standing one, Standing other, Direction direction) {
        boolean receive = direction == Direction.RECEIVING;
        return of(
                List.of(one, other),
                "Both ends %s: %s, %s."
                        .formatted(
                                receive ? "wait for the other to send" : "send, and neither reads",
                                other.inShort(),
                                one.inShort()),
                receive ? BOTH_RECEIVE : BOTH_SEND);
    }

    private static Deadlock oneEnd(Standing one, Standing other, Direction direction) {
        boolean receives = direction == Direction.RECEIVING;
        return of(
                List.of(one, other),
                "%s waits for the other end, which %s has open and will never %s: %s."
                        .formatted(
                                one.inShort(),
                                other.host().name(),
                                receives ? "write to" : "read from",
                                other.inShort()),
                receives ? NOBODY_SENDS : NOBODY_READS);
    }

    /** All threads of a process wait for one of it. */
    private static Optional<Deadlock> ofThreads(
            Standing one, List<Standing> standing, Set<Standing> told) {
        if (!one.asleep()) return Optional.empty();
        List<Standing> threads =
                standing.stream()
                        .filter(other -> other.task().process() == one.task().process())
                        .toList();
        if (!threads.stream().allMatch(Standing::asleep)) return Optional.empty();
        told.addAll(threads);
        String places =
                String.join(
                        ", ",
                        threads.stream().map(Standing::place).filter(p -> !p.isEmpty()).toList());
        String who =
                threads.size() == 1
                        ? "The only thread of %s that is left waits for another: %s."
                        : "The threads of %s wait for one another: %s.";
        return Optional.of(of(threads, who.formatted(one.host().name(), places), THREADS));
    }

    private static Deadlock of(List<Standing> ends, String sentence, String lesson) {
        return new Deadlock(
                ends.stream()
                        .map(end ->
                                new End(
                                        end.host().name(),
                                        end.task().number(),
                                        end.place(),
                                        end.waiting()))
                        .toList(),
                sentence,
                lesson);
    }
}
