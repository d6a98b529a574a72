package io.socketlab.lab.script;

import java.util.List;
import java.util.Optional;

/** What stands for a value in a program: {@code $n + 1}, {@code $e.revents & POLLIN}. */
public sealed interface Formula {

    Position position();

    /** A number, a constant, a text, an address, {@code ...}: as an argument of any call. */
    record Literal(Argument value) implements Formula {
        @Override
        public Position position() {
            return value.position();
        }
    }

    /**
     * {@code $fd}, {@code errno}.
     *
     * @param name as it is written
     */
    record Variable(Position position, String name) implements Formula {}

    /** {@code [$listener, 4]}. */
    record Several(Position position, List<Formula> elements) implements Formula {
        public Several {
            elements = List.copyOf(elements);
        }
    }

    /** <code>{fd=$fd, events=POLLIN}</code>. */
    record Structure(Position position, List<Part> parts) implements Formula {
        public Structure {
            parts = List.copyOf(parts);
        }
    }

    /** {@code fd=$fd}. */
    record Part(Position position, String name, Formula value) {}

    /** {@code $entry.revents}. */
    record Member(Position position, Formula of, String name) implements Formula {}

    /** {@code $list[0]}, {@code $text[4]}: an element of a list, the value of an octet. */
    record Element(Position position, Formula of, Formula index) implements Formula {}

    /**
     * {@code $text[4:]}, {@code $list[:2]}: a part of a text or a list.
     *
     * @param from 0 where nothing is written
     * @param to the number of elements, likewise
     */
    record Slice(Position position, Formula of, Optional<Formula> from, Optional<Formula> to)
            implements Formula {}

    /** {@code !$done}, {@code -1}. */
    record Unary(Position position, Operator operator, Formula operand) implements Formula {}

    /** {@code $n < 0}, {@code $fd in $ready}. */
    record Binary(Position position, Operator operator, Formula left, Formula right)
            implements Formula {}

    /** {@code len($list)}, {@code max($list)}. */
    record Function(Position position, String name, Formula argument) implements Formula {}

    /** What joins values, by how closely it binds: the loosest first. */
    enum Operator {
        OR("||", 0),
        AND("&&", 1),
        EQUAL("==", 2),
        UNEQUAL("!=", 2),
        LESS("<", 2),
        AT_MOST("<=", 2),
        GREATER(">", 2),
        AT_LEAST(">=", 2),
        IN("in", 2),
        BIT_OR("|", 3),
        BIT_AND("&", 3),
        PLUS("+", 4),
        MINUS("-", 4),
        TIMES("*", 5),
        BY("/", 5),
        NOT("!", 6);

        /** The level of what binds most closely of those that stand between two values. */
        static final int CLOSEST = 5;

        private final String sign;
        private final int level;

        Operator(String sign, int level) {
            this.sign = sign;
            this.level = level;
        }

        public String sign() {
            return sign;
        }

        int level() {
            return level;
        }
    }
}
