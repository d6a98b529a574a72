package io.socketlab.lab.check;

import java.util.Collection;
import java.util.List;

/** What came of a check. */
public enum Verdict {
    PASS,
    FAIL,
    /** What the check is about did not happen, so there is nothing to judge. */
    NOT_EXERCISED,
    /** A check of a lower layer failed; this one is not charged for it again. */
    BLOCKED,
    /** The grader could not tell. Ours, never the student's. */
    ERROR;

    /** From what outweighs all to what says least. */
    private static final List<Verdict> ORDER = List.of(ERROR, FAIL, NOT_EXERCISED, BLOCKED);

    /** That of a whole of which these are the parts. */
    public static Verdict of(Collection<Verdict> parts) {
        return ORDER.stream().filter(parts::contains).findFirst().orElse(PASS);
    }

    /**
     * As people read it, {@code not tried}: one that is not known is one that could not be told.
     */
    public static String words(String name) {
        return switch (name) {
            case "PASS" -> "passed";
            case "FAIL" -> "failed";
            case "NOT_EXERCISED" -> "not tried";
            case "BLOCKED" -> "waits for another";
            default -> "could not be checked";
        };
    }
}
