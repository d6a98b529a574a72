package io.socketlab.lab.script;

import io.socketlab.lab.script.Token.Kind;
import java.util.Optional;

/** Reads the time in front of a step. */
final class TimingParser {

    private static final String TIME = "expected a time such as +50ms or 0.5";

    private final Tokens tokens;

    TimingParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Optional<Timing> timing() {
        Position at = tokens.here();
        if (tokens.accept('*')) return Optional.of(new Timing.Any(at));
        boolean relative = tokens.accept('+');
        if (!relative && !isTime(tokens.peek())) return Optional.empty();
        long from = nanos();
        if (tokens.accept('~'))
            return Optional.of(new Timing.Between(at, relative, from, end(relative, from)));
        if (tokens.peek().is(Kind.ELLIPSIS)) {
            tokens.next();
            return Optional.of(new Timing.Lasting(at, relative, from, end(relative, from)));
        }
        return Optional.of(relative ? new Timing.After(at, from) : new Timing.At(at, from));
    }

    private long end(boolean relative, long from) {
        Token sign = tokens.peek();
        boolean endRelative = tokens.accept('+');
        if (endRelative && !relative)
            throw tokens.error(sign, "expected both times with '+', or none");
        Token token = tokens.peek();
        long end = nanos();
        if (end < from) throw tokens.error(token, "expected an end that is not before the start");
        return end;
    }

    private long nanos() {
        if (!isTime(tokens.peek())) throw tokens.unexpected(TIME);
        return tokens.nanos(tokens.next());
    }

    private static boolean isTime(Token token) {
        return token.is(Kind.INTEGER) || token.is(Kind.DECIMAL);
    }
}
