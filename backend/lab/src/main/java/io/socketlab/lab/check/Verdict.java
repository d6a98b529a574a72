package io.socketlab.lab.check;

/** What came of a check. */
public enum Verdict {
    PASS,
    FAIL,
    /** What the check is about did not happen, so there is nothing to judge. */
    NOT_EXERCISED,
    /** A check of a lower layer failed; this one is not charged for it again. */
    BLOCKED,
    /** The grader could not tell. Ours, never the student's. */
    ERROR
}
