package io.socketlab.lab.model;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * How deep things stand within each other. What is read by methods that call themselves is measured
 * before: no lab needs much, and a file can be made to need more than there is.
 */
final class Nesting {

    /** Lists and mappings of a file. */
    private static final int DEEPEST_NODE = 50;

    /** Brackets and signs of an expression. */
    private static final int DEEPEST_EXPRESSION = 50;

    private Nesting() {}

    /**
     * Something that is not read.
     *
     * @param line from 0, as is {@code column}
     */
    record TooMuch(int line, int column, String message) {}

    /** What in a file is within too much else, or stands for what was written elsewhere. */
    static Optional<TooMuch> in(LoadSettings settings, String yaml) {
        int depth = 0;
        Iterator<Event> events = new Parse(settings).parseString(yaml).iterator();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof CollectionEndEvent) depth--;
            if (event instanceof AliasEvent) {
                return Optional.of(at(event, "expected the thing itself, not an alias of it"));
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST_NODE) {
                return Optional.of(
                        at(event, "expected lists and mappings at most " + DEEPEST_NODE + " deep"));
            }
        }
        return Optional.empty();
    }

    private static TooMuch at(Event event, String message) {
        Optional<Mark> mark = event.getStartMark();
        return new TooMuch(
                mark.map(Mark::getLine).orElse(0), mark.map(Mark::getColumn).orElse(0), message);
    }

    /** Where in a text of one of the small languages too much begins; -1 if nowhere. */
    static int tooDeepAt(String text) {
        int depth = 0;
        int signs = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("([{".indexOf(c) >= 0) depth++;
            if (")]}".indexOf(c) >= 0) depth--;
            signs = c == '!' || c == '-' ? signs + 1 : Character.isWhitespace(c) ? signs : 0;
            if (depth + signs > DEEPEST_EXPRESSION) return i;
        }
        return -1;
    }
}
