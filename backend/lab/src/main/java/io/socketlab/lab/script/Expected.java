package io.socketlab.lab.script;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.lab.expr.Spelling;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a call is expected to return: {@code = -1 EAGAIN (Resource temporarily unavailable)}.
 *
 * @param result a number, symbols, or {@code ...} for whatever
 * @param note the remark in parentheses
 */
public record Expected(
        Position position, Argument result, Optional<Errno> errno, Optional<String> note) {

    /**
     * The number it stands for; empty for {@code ...}.
     *
     * @throws ScriptException if it is no number
     */
    public OptionalLong value(Source source) {
        return switch (result) {
            case Argument.Ellipsis _ -> OptionalLong.empty();
            case Argument.Numeral number -> OptionalLong.of(number.value());
            case Argument.Symbols symbols -> OptionalLong.of(bits(source, symbols));
            case Argument other ->
                    throw source.error(
                            position, "expected a number after '=', found " + other.found());
        };
    }

    private static long bits(Source source, Argument.Symbols symbols) {
        long bits = 0;
        for (Argument.Term term : symbols.terms()) {
            String name = term.written();
            if (Character.isDigit(name.charAt(0))) bits |= Long.decode(name);
            else
                bits |=
                        Constants.anyValue(name)
                                .orElseThrow(() ->
                                        source.error(
                                                term.position(),
                                                "expected a number after '=', found '"
                                                        + name
                                                        + "'"
                                                        + Spelling.hint(
                                                                name, Constants.allNames())));
        }
        return bits;
    }

    @Override
    public String toString() {
        return result + errno.map(e -> " " + e).orElse("");
    }
}
