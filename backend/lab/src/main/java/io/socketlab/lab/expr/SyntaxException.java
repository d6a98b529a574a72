package io.socketlab.lab.expr;

/**
 * A line of one of the lab file's languages could not be read. The offset counts from the start of
 * the line's text; whoever knows where that text stands in a file makes a line and a column of it.
 */
public final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset of the first character that is wrong, from 0
     */
    public SyntaxException(int offset, String message) {
        super(message);
        this.offset = offset;
    }

    /** Something else was expected: with the nearest of {@code known}, if one is near. */
    public static SyntaxException unknown(
            int offset, String what, String word, Iterable<String> known) {
        return new SyntaxException(
                offset, "unknown " + what + " '" + word + "'" + Spelling.hint(word, known));
    }

    public int offset() {
        return offset;
    }

    /** The same mistake in a longer text in which this one starts at {@code start}. */
    public SyntaxException shifted(int start) {
        return new SyntaxException(offset + start, String.valueOf(getMessage()));
    }
}
