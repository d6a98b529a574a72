package io.socketlab.lab.grade;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The forms in which a result is given out. All are views of {@link ResultDocument}. */
public enum ResultFormat {
    /** The document itself. */
    JSON("application/json") {
        @Override
        public String write(ResultDocument result) {
            return MAPPER.writeValueAsString(result);
        }
    },
    /** JUnit's report, which every CI system can show. */
    JUNIT("application/xml") {
        @Override
        public String write(ResultDocument result) {
            return JunitXml.of(result);
        }
    },
    /** What Gradescope's autograder reads as {@code results.json}. */
    GRADESCOPE("application/json") {
        @Override
        public String write(ResultDocument result) {
            return MAPPER.writeValueAsString(GradescopeResults.of(result));
        }
    },
    /** What PrairieLearn reads as {@code results.json} of an external grader. */
    PRAIRIELEARN("application/json") {
        @Override
        public String write(ResultDocument result) {
            return MAPPER.writeValueAsString(PrairieLearnResults.of(result));
        }
    },
    /** Test Anything Protocol, version 14. */
    TAP("text/plain") {
        @Override
        public String write(ResultDocument result) {
            return Tap.of(result);
        }
    },
    /** A row for each check, RFC 4180. */
    CSV("text/csv") {
        @Override
        public String write(ResultDocument result) {
            return ResultCsv.of(result);
        }
    };

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    // what is not written is false
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final String mediaType;

    ResultFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public abstract String write(ResultDocument result);

    /** What {@link #JSON} has written. */
    public static ResultDocument parse(String json) {
        return MAPPER.readValue(json, ResultDocument.class);
    }

    /** Its media type, without a character set; the text is to be sent as UTF-8. */
    public String mediaType() {
        return mediaType;
    }
}
