package io.socketlab.lab.check;

import io.socketlab.lab.expr.SyntaxException;

/**
 * A pattern line: something that can happen in a run.
 *
 * @param text as the lab writes it
 * @param least how often at least, 1 without {@code {2,}}
 * @param most how often at most
 */
public record EventPattern(String text, Shape shape, int least, int most) {

    /** Reads a pattern line. */
    public static EventPattern parse(String text) throws SyntaxException {
        return PatternParser.parse(text);
    }

    /** Whether it says how often. */
    public boolean repeats() {
        return least != 1 || most != 1;
    }

    /** Whether one event alone fits it, and no stretch of a stream or boundary of the run. */
    public boolean isOfOneEvent() {
        return !Matcher.isOfSeveral(shape);
    }

    @Override
    public String toString() {
        return text;
    }
}
