package io.socketlab.server.grading;

/** What a job grades. */
enum JobKind {
    /** A script in the language of the console. */
    SCRIPT,
    /** A recorded input log. */
    LOG,
    /** Compiled programs. */
    PROGRAM,
    /** A lab itself: its solutions and wrong answers over so many seeds. */
    VERIFICATION
}
