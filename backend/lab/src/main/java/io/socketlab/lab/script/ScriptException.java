package io.socketlab.lab.script;

/**
 * A script or a console line cannot be understood. The message says where, and what was expected.
 */
public final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String file;
    private final int line;
    private final int column;
    private final String problem;

    public ScriptException(String file, Position at, String problem) {
        super(file + ":" + at.line() + ":" + at.column() + ": " + problem);
        this.file = file;
        this.line = at.line();
        this.column = at.column();
        this.problem = problem;
    }

    public String file() {
        return file;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1. */
    public int column() {
        return column;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }
}
