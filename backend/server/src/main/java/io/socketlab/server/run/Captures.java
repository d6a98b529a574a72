package io.socketlab.server.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.socketlab.lab.capture.Capture;
import io.socketlab.lab.capture.CaptureTooLargeException;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.lab.Labs;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * The frames of runs, made by replay when somebody asks for them, and kept while he looks. A run
 * that nobody captures has none.
 */
@Service
class Captures {

    /** What one run's frames may take. */
    static final long MOST_OCTETS = 32L << 20;

    /** What all that are kept may take. */
    private static final long KEPT_OCTETS = 2 * MOST_OCTETS;

    private static final Duration KEPT = Duration.ofMinutes(2);

    /** What a frame or an event takes, about. */
    private static final long OVERHEAD = 200;

    private record Key(UUID run, int inputs) {}

    private final Labs labs;
    private final BenchRegistry benches;
    private final Cache<Key, Capture> kept =
            Caffeine.newBuilder()
                    .maximumWeight(KEPT_OCTETS)
                    .weigher((Key _, Capture capture) -> weight(capture))
                    .expireAfterAccess(KEPT)
                    .build();

    Captures(Labs labs, BenchRegistry benches) {
        this.labs = labs;
        this.benches = benches;
    }

    /**
     * Of the run as it stands.
     *
     * @throws CaptureTooLargeException if it has too many frames
     * @throws BenchUnavailableException if it cannot be rebuilt
     */
    Capture of(Run run) {
        Lab lab =
                labs.find(run.labId(), run.labRevision())
                        .orElseThrow(() ->
                                new BenchUnavailableException(
                                        "The lab of this run is not here any more."));
        List<String> lines = benches.bench(run).with(world -> List.copyOf(world.lines()));
        return kept.get(
                new Key(run.id(), lines.size()),
                _ -> benches.compute(() -> Capture.replay(lab, run.seed(), lines, MOST_OCTETS)));
    }

    private static int weight(Capture capture) {
        long octets =
                capture.frames().stream().mapToLong(f -> f.octets().length).sum()
                        + OVERHEAD * (capture.frames().size() + capture.events().size());
        return (int) Math.min(octets, Integer.MAX_VALUE);
    }
}
