package io.socketlab.lab.program;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.lab.script.Argument;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Symbols;
import io.socketlab.lab.script.Argument.Text;
import io.socketlab.lab.script.Constants;
import io.socketlab.lab.script.Position;
import java.util.List;
import java.util.OptionalLong;

/** What values are, whichever way they came about. */
final class Values {

    private Values() {}

    static Numeral number(Position at, long value) {
        return new Numeral(at, value, Long.toString(value));
    }

    /** A number under the name that it has in C. */
    static Numeral named(Position at, long value, String name) {
        return new Numeral(at, value, name);
    }

    /** What a number or constants come to; empty for anything else. */
    static OptionalLong asNumber(Argument value) {
        return switch (value) {
            case Numeral number -> OptionalLong.of(number.value());
            case Symbols symbols -> bits(symbols);
            case Argument _ -> OptionalLong.empty();
        };
    }

    private static OptionalLong bits(Symbols symbols) {
        long bits = 0;
        for (Argument.Term term : symbols.terms()) {
            OptionalLong value = constant(term.written());
            if (value.isEmpty()) return value;
            bits |= value.getAsLong();
        }
        return OptionalLong.of(bits);
    }

    private static OptionalLong constant(String name) {
        if (Character.isDigit(name.charAt(0))) return OptionalLong.of(Long.decode(name));
        for (Errno errno : Errno.values()) {
            if (errno.name().equals(name)) return OptionalLong.of(errno.number());
        }
        return Constants.anyValue(name);
    }

    static boolean areEqual(Argument one, Argument other) {
        OptionalLong number = asNumber(one);
        return number.isPresent()
                ? number.equals(asNumber(other))
                : one.toString().equals(other.toString());
    }

    static boolean contains(List<Argument> elements, Argument value) {
        return elements.stream().anyMatch(e -> areEqual(e, value));
    }

    /** An array of poll(2) without what the call before has written to it. */
    static Argument withoutResults(Argument value) {
        return switch (value) {
            case Array(var at, var elements) ->
                    new Array(at, elements.stream().map(Values::withoutResults).toList());
            case Struct(var at, var fields) ->
                    new Struct(
                            at, fields.stream().filter(f -> !f.name().equals("revents")).toList());
            case Argument other -> other;
        };
    }

    /** The same, as if it stood at {@code position}: where a mistake in it is told. */
    static Argument at(Position position, Argument value) {
        return switch (value) {
            case Numeral(_, var number, var written) -> new Numeral(position, number, written);
            case Argument.Duration(_, var nanos, var written) ->
                    new Argument.Duration(position, nanos, written);
            case Symbols(_, var terms) -> new Symbols(position, terms);
            case Text(_, var octets) -> new Text(position, octets);
            case Argument.Ellipsis _ -> new Argument.Ellipsis(position);
            case Argument.Address(_, var host, var port) ->
                    new Argument.Address(position, host, port);
            case Struct(_, var fields) -> new Struct(position, fields);
            case Array(_, var elements) -> new Array(position, elements);
            case Argument.Applied(_, var function, var arguments) ->
                    new Argument.Applied(position, function, arguments);
        };
    }
}
