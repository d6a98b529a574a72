package io.socketlab.server.classroom;

import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Course;
import io.socketlab.server.course.Member;
import io.socketlab.server.course.Members;
import io.socketlab.server.run.Progress;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** A class at work on an assignment. */
@Service
class Wall {

    /**
     * So long a page waits for runs that have to be done anew; the rest comes with its next look.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Members members;
    private final Runs runs;
    private final Progress progress;
    private final Clock clock;

    Wall(Members members, Runs runs, Progress progress, Clock clock) {
        this.members = members;
        this.runs = runs;
        this.progress = progress;
        this.clock = clock;
    }

    /** The students, those first who seem to be stuck. */
    List<Tile> tiles(Course course, Assignment assignment, String section) {
        Map<UUID, Run> last = new HashMap<>();
        for (Run run : runs.lastOf(assignment.id())) last.put(run.accountId(), run);
        Instant now = clock.instant();
        List<Member> shown =
                members.students(course).stream()
                        .filter(m -> section.isEmpty() || m.section().equals(section))
                        .toList();
        Progress.Views views =
                progress.of(
                        shown.stream().flatMap(m -> m.account().map(last::get).stream()).toList(),
                        PATIENCE);
        return shown.stream()
                .map(m -> {
                    Optional<Run> run = m.account().map(last::get);
                    Duration idle =
                            run.map(r -> Duration.between(r.updated(), now)).orElse(Duration.ZERO);
                    return new Tile(
                            m,
                            run,
                            run.map(r -> views.views().get(r.id())),
                            run.filter(r -> views.missing().contains(r.id())).isPresent(),
                            idle);
                })
                .sorted(Tile.ORDER)
                .toList();
    }

    /**
     * What has to be drawn anew if it is another: when each was last at work.
     *
     * @param assignment by its id
     */
    String version(UUID assignment) {
        return runs.lastOf(assignment).stream()
                .map(r -> r.id() + "@" + r.updated())
                .sorted()
                .reduce("", (a, b) -> a + b);
    }
}
