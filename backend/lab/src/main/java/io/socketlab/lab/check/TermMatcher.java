package io.socketlab.lab.check;

import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds values against terms, and binds their variables. */
final class TermMatcher {

    private final TraceIndex index;
    private final Scope scope;

    TermMatcher(TraceIndex index, Scope scope) {
        this.index = index;
        this.scope = scope;
    }

    /** What is bound if {@code actual} is as {@code term} says; empty if it is not. */
    Optional<Bindings> match(Term term, Optional<Value> actual, Bindings bindings) {
        return switch (term) {
            case Term.Any _ -> Optional.of(bindings);
            case Term.Maybe(var inner) ->
                    actual.isEmpty() ? Optional.of(bindings) : match(inner, actual, bindings);
            case Term.OneOf(var choices) -> {
                for (Term choice : choices) {
                    Optional<Bindings> bound = match(choice, actual, bindings);
                    if (bound.isPresent()) yield bound;
                }
                yield Optional.empty();
            }
            case Term.Fixed(var value) ->
                    holds(actual.isPresent() && same(value, actual.get()), bindings);
            case Term.Filled(var expression) ->
                    holds(
                            actual.isPresent()
                                    && same(Evaluation.constant(expression, scope), actual.get()),
                            bindings);
            case Term.Between(var from, var to) ->
                    holds(actual.isPresent() && isBetween(from, to, actual.get()), bindings);
            case Term.Bound(var name, var plus) -> bind(name, plus, actual, bindings);
            case Term.Flags(var names, var open) ->
                    holds(
                            actual.isPresent() && areSet(names, open, actual.get().toString()),
                            bindings);
            case Term.Members(var members) ->
                    actual.isEmpty()
                            ? Optional.empty()
                            : members(members, actual.get().toString(), bindings);
            case Term.Elements(var elements) ->
                    actual.isEmpty()
                            ? Optional.empty()
                            : elements(elements, actual.get().toString(), bindings);
            case Term.Address(var host, var port) -> address(host, port, actual, bindings);
        };
    }

    private static Optional<Bindings> holds(boolean holds, Bindings bindings) {
        return holds ? Optional.of(bindings) : Optional.empty();
    }

    private static boolean areSet(Set<String> names, boolean open, String actual) {
        Set<String> set = CallText.flagNames(actual);
        return open ? set.containsAll(names) : set.equals(names);
    }

    /** A structure as the trace writes it: <code>{events=EPOLLIN, fd=5}</code>. */
    private Optional<Bindings> members(Map<String, Term> wanted, String actual, Bindings bindings) {
        if (!isIn('{', '}', actual)) return Optional.empty();
        var members = new HashMap<String, Value>();
        for (String member : Split.at(inside(actual), ",")) {
            int equals = member.indexOf('=');
            if (equals < 0) continue;
            String value = member.substring(equals + 1).strip();
            members.put(member.substring(0, equals).strip(), Value.of(value));
        }
        Optional<Bindings> bound = Optional.of(bindings);
        for (Map.Entry<String, Term> member : wanted.entrySet()) {
            if (bound.isEmpty()) return bound;
            Optional<Value> value = Optional.ofNullable(members.get(member.getKey()));
            bound = match(member.getValue(), value, bound.get());
        }
        return bound;
    }

    /** A list as the trace writes it; each that is wanted takes the first element that fits. */
    private Optional<Bindings> elements(List<Term> wanted, String actual, Bindings bindings) {
        // A list of one number has lost its brackets, as the value of an option has.
        List<String> elements =
                isIn('[', ']', actual) ? Split.at(inside(actual), ",") : List.of(actual);
        Optional<Bindings> bound = Optional.of(bindings);
        for (Term term : wanted) {
            Optional<Bindings> before = bound;
            bound =
                    elements.stream()
                            .map(e -> match(term, Optional.of(Value.of(e.strip())), before.get()))
                            .flatMap(Optional::stream)
                            .findFirst();
            if (bound.isEmpty()) return bound;
        }
        return bound;
    }

    private static boolean isIn(char open, char close, String text) {
        return text.length() > 1 && text.charAt(0) == open && text.endsWith(String.valueOf(close));
    }

    private static String inside(String bracketed) {
        return bracketed.substring(1, bracketed.length() - 1);
    }

    private Optional<Bindings> bind(
            String name, long plus, Optional<Value> actual, Bindings bindings) {
        if (actual.isEmpty()) return Optional.empty();
        Optional<Value> known = bindings.get(name);
        if (known.isEmpty()) {
            return Optional.of(bindings.with(name, minus(actual.get(), plus)));
        }
        if (known.get() instanceof Value.Int(var n)
                && actual.get() instanceof Value.Int(var found)) {
            // Sequence numbers go round at 2^32.
            return holds(found == n + plus || found == (n + plus & 0xFFFF_FFFFL), bindings);
        }
        return holds(plus == 0 && same(known.get(), actual.get()), bindings);
    }

    private static Value minus(Value value, long plus) {
        return value instanceof Value.Int(var n) ? new Value.Int(n - plus) : value;
    }

    private Optional<Bindings> address(
            String host, Term port, Optional<Value> actual, Bindings bindings) {
        Optional<Addresses.HostAndPort> found = actual.flatMap(a -> Addresses.parse(a.toString()));
        if (found.isEmpty()) return Optional.empty();
        boolean hostFits = host.equals("*") || isHost(host, found.get().host());
        return hostFits
                ? match(port, Optional.of(new Value.Int(found.get().port())), bindings)
                : Optional.empty();
    }

    private boolean isHost(String host, String address) {
        return host.equals(address) || index.hostOf(address).equals(host);
    }

    private boolean isBetween(Term from, Term to, Value actual) {
        if (!(actual instanceof Value.Int(var n))) return false;
        return n >= bound(from, Long.MIN_VALUE) && n <= bound(to, Long.MAX_VALUE);
    }

    private long bound(Term term, long open) {
        Value value =
                switch (term) {
                    case Term.Fixed(var fixed) -> fixed;
                    case Term.Filled(var expression) -> Evaluation.constant(expression, scope);
                    case Term.Any _ -> new Value.Int(open);
                    case Term.Maybe _,
                            Term.OneOf _,
                            Term.Between _,
                            Term.Bound _,
                            Term.Flags _,
                            Term.Members _,
                            Term.Elements _,
                            Term.Address _ ->
                            throw new IllegalArgumentException(
                                    "a range goes from a number to a number");
                };
        if (value instanceof Value.Int(var n)) return n;
        if (value instanceof Value.Span(var nanos)) return nanos;
        throw new IllegalArgumentException("a range goes from a number to a number, not " + value);
    }

    private boolean same(Value wanted, Value actual) {
        if (wanted.equals(actual)) return true;
        if (wanted instanceof Value.Span(var a) && actual instanceof Value.Int(var b)) {
            return a == b;
        }
        String found = actual.toString();
        if (wanted.toString().equals(found)) return true;
        // A host's name stands for its address, with whatever port.
        if (!(wanted instanceof Value.Word(var word)) || !mayBeAddress(found)) return false;
        String address = Addresses.parse(found).map(Addresses.HostAndPort::host).orElse(found);
        return isHost(word, address);
    }

    /** IPv4 has dots, and IPv6 and ports have colons. */
    private static boolean mayBeAddress(String text) {
        return text.indexOf('.') >= 0 || text.indexOf(':') >= 0 || text.startsWith("{");
    }

    /** The number that a term comes to without a run, for ranges of octets. */
    long number(Term term) {
        return bound(term, 0);
    }
}
