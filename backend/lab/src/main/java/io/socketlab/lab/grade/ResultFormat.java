package io.socketlab.lab.grade;

import io.socketlab.lab.check.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The forms in which a result is given out. */
public enum ResultFormat {
    JSON {
        @Override
        public String write(ResultDocument result) {
            return MAPPER.writeValueAsString(result);
        }
    },
    JUNIT {
        @Override
        public String write(ResultDocument result) {
            return JunitXml.of(result);
        }
    },
    GRADESCOPE {
        @Override
        public String write(ResultDocument result) {
            return MAPPER.writeValueAsString(gradescope(result));
        }
    };

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public abstract String write(ResultDocument result);

    /** What Gradescope's autograder reads as results.json. */
    private static Map<String, Object> gradescope(ResultDocument result) {
        var tests = new ArrayList<Map<String, Object>>();
        for (ResultDocument.Test test : result.tests()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("score", test.score());
            entry.put("max_score", test.maxScore());
            entry.put("status", test.status() == Verdict.PASS ? "passed" : "failed");
            entry.put("name", test.name());
            entry.put("number", test.id());
            entry.put(
                    "output",
                    test.feedback().isEmpty()
                            ? test.output()
                            : test.output() + "\n" + test.feedback());
            entry.put("tags", test.tags());
            entry.put(
                    "visibility",
                    switch (test.visibility()) {
                        case ALWAYS -> "visible";
                        case AFTER_DUE -> "after_due_date";
                        case COUNT_ONLY, NEVER -> "hidden";
                    });
            entry.put(
                    "extra_data", Map.of("verdict", test.status().name().toLowerCase(Locale.ROOT)));
            tests.add(entry);
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("score", result.score());
        document.put("execution_time", result.executionTime());
        document.put("output", result.message());
        document.put("visibility", "visible");
        document.put("tests", tests);
        document.put(
                "extra_data", Map.of("trace_hash", result.traceHash(), "seed_id", result.seedId()));
        return document;
    }
}
