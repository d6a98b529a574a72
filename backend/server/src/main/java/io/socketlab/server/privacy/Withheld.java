package io.socketlab.server.privacy;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import io.socketlab.server.run.ShownResults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is not given out yet of a person's rows, since his course does not show it yet: scores of
 * exams, and what comes of checks that are held back until a deadline. It is given out once the
 * pages show it.
 */
@Component
class Withheld {

    private static final List<String> RESULT = List.of("score", "max_score", "verdict", "document");
    private static final List<String> REGRADED =
            List.of(
                    "old_score",
                    "old_max",
                    "old_verdict",
                    "old_document",
                    "new_score",
                    "new_max",
                    "new_verdict",
                    "new_document",
                    "changes");

    private final JdbcClient jdbc;
    private final ShownResults results;

    Withheld(JdbcClient jdbc, ShownResults results) {
        this.jdbc = jdbc;
        this.results = results;
    }

    /** Takes out of a row what is not given out. */
    void shown(String table, Map<String, @Nullable Object> row) {
        switch (table) {
            case "submission" -> result(row, Optional.of(id(row, "run_id")));
            case "grading_result" -> result(row, runOf(id(row, "job_id")));
            case "regrade_row" -> regraded(row);
            case "assessment" -> {
                if (isExam("a.id = ?", id(row, "assignment_id"))) row.remove("points");
            }
            case "course_audit" -> {
                if (isOfExam(row)) row.remove("detail");
            }
            default -> {}
        }
    }

    private static UUID id(Map<String, @Nullable Object> row, String column) {
        return UUID.fromString(String.valueOf(row.get(column)));
    }

    private Optional<UUID> runOf(UUID job) {
        return jdbc.sql("select run_id from grading_job where id = ? and run_id is not null")
                .param(job)
                .query((found, _) -> found.getObject(1, UUID.class))
                .optional();
    }

    /** Of a proof of a lab, which is for no run, everything is given out. */
    private void result(Map<String, @Nullable Object> row, Optional<UUID> run) {
        if (run.isEmpty()) return;
        Optional<ResultDocument> seen = results.of(run.get(), String.valueOf(row.get("document")));
        if (seen.isEmpty()) {
            RESULT.forEach(row::remove);
            return;
        }
        row.put("score", seen.get().score());
        row.put("max_score", seen.get().maxScore());
        row.put("verdict", seen.get().verdict().name());
        row.put("document", ResultFormat.JSON.write(seen.get()));
    }

    private void regraded(Map<String, @Nullable Object> row) {
        UUID run = id(row, "run_id");
        boolean whole = !isExam("a.id = (select assignment_id from run where id = ?)", run);
        for (String column : List.of("old_document", "new_document")) {
            Object document = row.get(column);
            if (document == null || !whole) continue;
            whole =
                    results.of(run, document.toString())
                            .filter(seen -> seen.visibility().equals("visible"))
                            .isPresent();
        }
        if (!whole) REGRADED.forEach(row::remove);
    }

    private boolean isExam(String which, UUID id) {
        return jdbc.sql("select count(*) from assignment a where a.hides_scores and " + which)
                        .param(id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** An entry about a grade begins with the title of its assignment. */
    private boolean isOfExam(Map<String, @Nullable Object> row) {
        if (!"grade".equals(row.get("what"))) return false;
        String detail = String.valueOf(row.get("detail"));
        return jdbc
                .sql("select title from assignment where hides_scores and course_id = ?")
                .param(id(row, "course_id"))
                .query(String.class)
                .list()
                .stream()
                .anyMatch(title -> detail.startsWith(title + ": "));
    }
}
