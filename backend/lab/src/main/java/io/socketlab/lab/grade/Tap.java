package io.socketlab.lab.grade;

import io.socketlab.lab.check.Verdict;

/**
 * A result in the Test Anything Protocol, version 14 (testanything.org). What was not exercised or
 * is blocked is skipped, as in the JUnit report.
 */
final class Tap {

    private final StringBuilder text = new StringBuilder("TAP version 14\n");

    private Tap() {}

    static String of(ResultDocument result) {
        var tap = new Tap();
        tap.write(result);
        return tap.text.toString();
    }

    private void write(ResultDocument result) {
        text.append("1..").append(result.tests().size()).append('\n');
        for (String line : result.message().lines().toList()) {
            text.append("# ").append(line).append('\n');
        }
        int number = 0;
        for (ResultDocument.Test test : result.tests()) write(++number, test);
    }

    private void write(int number, ResultDocument.Test test) {
        boolean ok = test.status() != Verdict.FAIL && test.status() != Verdict.ERROR;
        text.append(ok ? "ok " : "not ok ").append(number).append(" - ");
        text.append(description(test.id() + ": " + test.name()));
        switch (test.status()) {
            case PASS -> text.append('\n');
            case NOT_EXERCISED -> text.append(" # SKIP not exercised\n");
            case BLOCKED -> text.append(" # SKIP blocked\n");
            case FAIL, ERROR -> {
                text.append('\n');
                diagnostic(test);
            }
        }
    }

    /** A block of YAML. */
    private void diagnostic(ResultDocument.Test test) {
        text.append("  ---\n");
        field("message", test.output());
        field("severity", test.status() == Verdict.ERROR ? "error" : "fail");
        if (!test.feedback().isEmpty()) field("feedback", test.feedback());
        if (test.firstDivergence() > 0) {
            text.append("  event: ").append(test.firstDivergence()).append('\n');
        }
        text.append("  ...\n");
    }

    /**
     * In single quotes nothing but these has a meaning; on one line, as its indent is the block's.
     */
    private void field(String name, String value) {
        String quoted = value.strip().replaceAll("\\s*\\R\\s*", " ").replace("'", "''");
        text.append("  ").append(name).append(": '").append(printable(quoted)).append("'\n");
    }

    /** A number sign begins a directive, and a backslash escapes it. */
    private static String description(String words) {
        return printable(words.replaceAll("\\s*\\R\\s*", " "))
                .replace("\\", "\\\\")
                .replace("#", "\\#");
    }

    private static String printable(String words) {
        return words.replaceAll("\\p{Cntrl}", "\ufffd");
    }
}
