package io.socketlab.server.regrade;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.server.course.Numbers;
import io.socketlab.server.grading.Regrading;
import io.socketlab.server.run.Replays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Grades one hand-in again, and says what is different. Changes nothing by itself. */
@Component
class Regrader {

    private static final Logger LOG = LoggerFactory.getLogger(Regrader.class);
    private static final String PAGE = "page";

    private final Replays replays;
    private final Regrading jobs;
    private final JsonMapper json;

    Regrader(Replays replays, Regrading jobs, JsonMapper json) {
        this.replays = replays;
        this.jobs = jobs;
        this.json = json;
    }

    RegradeStore.Outcome again(RegradeRow row) {
        Optional<String> before = document(row);
        if (before.isEmpty())
            return RegradeStore.Outcome.failed("Its result is not here any more.");
        ResultDocument result;
        try {
            result = graded(row);
        } catch (Replays.CannotReplayException e) {
            return RegradeStore.Outcome.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("hand-in {} of run {} cannot be graded again", row.ref(), row.run(), e);
            return RegradeStore.Outcome.failed("Grading it failed, which is our fault.");
        }
        if (!result.gradable()) return RegradeStore.Outcome.failed(result.message());
        String document = Replays.stored(result);
        String changes = changes(json.readTree(before.get()), json.readTree(document));
        var score =
                new RegradeRow.Score(result.score(), result.maxScore(), result.verdict().name());
        boolean same = changes.isEmpty() && score.equals(row.old());
        return new RegradeStore.Outcome(
                same ? RegradeRow.State.SAME : RegradeRow.State.CHANGED,
                changes,
                "",
                Optional.of(score),
                same ? Optional.empty() : Optional.of(document));
    }

    private ResultDocument graded(RegradeRow row) {
        if (row.way().equals(PAGE)) {
            return replays.again(row.run(), Integer.parseInt(row.ref()));
        }
        return jobs.again(UUID.fromString(row.ref()))
                .orElseThrow(
                        () -> new Replays.CannotReplayException("The job or its lab is gone."));
    }

    /** The stored result of a hand-in. */
    Optional<String> document(RegradeRow row) {
        return row.way().equals(PAGE)
                ? replays.document(row.run(), Integer.parseInt(row.ref()))
                : jobs.document(UUID.fromString(row.ref()));
    }

    /** Puts a result in place of a hand-in's. */
    void replace(RegradeRow row, RegradeRow.Score score, String document) {
        if (row.way().equals(PAGE)) {
            replays.replace(
                    row.run(),
                    Integer.parseInt(row.ref()),
                    score.score(),
                    score.most(),
                    score.verdict(),
                    document);
        } else {
            jobs.replace(
                    UUID.fromString(row.ref()),
                    score.score(),
                    score.most(),
                    score.verdict(),
                    document);
        }
    }

    /** Which checks say something else, {@code ack_numbers: FAIL 0 before, PASS 3 now}. */
    private static String changes(JsonNode before, JsonNode now) {
        Map<String, JsonNode> old = byId(before);
        List<String> changes = new ArrayList<>();
        for (JsonNode test : now.path("tests")) {
            String id = test.path("id").asString();
            JsonNode then = old.remove(id);
            if (then == null) {
                changes.add(id + ": new, " + words(test));
            } else if (!words(then).equals(words(test))) {
                changes.add("%s: %s before, %s now".formatted(id, words(then), words(test)));
            }
        }
        old.keySet().stream().sorted().forEach(id -> changes.add(id + ": not asked any more"));
        return String.join("; ", changes);
    }

    private static Map<String, JsonNode> byId(JsonNode document) {
        var tests = new HashMap<String, JsonNode>();
        document.path("tests").forEach(test -> tests.put(test.path("id").asString(), test));
        return tests;
    }

    private static String words(JsonNode test) {
        return test.path("status").asString() + " " + Numbers.text(test.path("score").asDouble());
    }
}
