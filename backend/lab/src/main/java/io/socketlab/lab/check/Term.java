package io.socketlab.lab.check;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one field or argument of a pattern line has to be. */
public sealed interface Term {

    Term ANY = new Any();

    /** {@code *} */
    record Any() implements Term {}

    /** {@code 5}, {@code SHUT_WR}, {@code "hello"} */
    record Fixed(Value value) implements Term {}

    /** {@code {{port}}} */
    record Filled(Expression expression) implements Term {}

    /** {@code $x}, {@code $x+1}: the same value wherever it stands. */
    record Bound(String name, long plus) implements Term {}

    /** {@code ?5}: this, or nothing there at all. */
    record Maybe(Term term) implements Term {}

    /** {@code a|b} */
    record OneOf(List<Term> choices) implements Term {
        public OneOf {
            choices = List.copyOf(choices);
        }
    }

    /** {@code 1..}, {@code 1..1460}; {@code to} is {@link #ANY} where there is no end. */
    record Between(Term from, Term to) implements Term {}

    /**
     * {@code EPOLLIN|EPOLLET}: these flags and no others; {@code EPOLLET|...}: these among others.
     */
    record Flags(Set<String> names, boolean open) implements Term {
        public Flags {
            names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
        }
    }

    /** <code>{events=EPOLLIN, fd=$c}</code>: a structure of which these members are so. */
    record Members(Map<String, Term> terms) implements Term {
        public Members {
            terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        }
    }

    /** <code>[{fd=$c}]</code>: a list that has one of each among its elements. */
    record Elements(List<Term> terms) implements Term {
        public Elements {
            terms = List.copyOf(terms);
        }
    }

    /**
     * {@code server:8080}, {@code *:53}.
     *
     * @param host a host's name, an address, or *
     */
    record Address(String host, Term port) implements Term {}
}
