package io.socketlab.lab.script;

import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Symbols;
import io.socketlab.lab.script.Argument.Term;
import io.socketlab.lab.script.Argument.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** The arguments of one call, each read as what is wanted at its place. */
final class Args {

    /** The most octets that one call can move: more than any buffer here holds. */
    static final int MAX_OCTETS = 1 << 24;

    private static final int LETTERS = 26;

    private final Source source;
    private final Call call;
    private final CallInfo info;
    private final IntUnaryOperator descriptors;

    /**
     * @param descriptors gives the descriptor that a number in a script stands for
     * @throws ScriptException if the call cannot be written with so many arguments
     */
    Args(Source source, Call call, CallInfo info, IntUnaryOperator descriptors) {
        this.source = source;
        this.call = call;
        this.info = info;
        this.descriptors = descriptors;
        if (info.arities().noneMatch(n -> n == size())) throw wrongCount();
    }

    private ScriptException wrongCount() {
        int[] counts = info.arities().toArray();
        int most = Arrays.stream(counts).max().orElse(0);
        String wanted =
                Arrays.stream(counts)
                        .sorted()
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" or "));
        Position at = size() > most ? call.arguments().get(most).position() : call.end();
        String forms = String.join(" or ", info.forms());
        return source.error(
                at,
                "expected "
                        + wanted
                        + (wanted.equals("1") ? " argument" : " arguments")
                        + ", found "
                        + size()
                        + "; write it as "
                        + forms);
    }

    int size() {
        return call.arguments().size();
    }

    Argument get(int i) {
        return call.arguments().get(i);
    }

    /** NULL: nothing is pointed at. */
    boolean isNull(int i) {
        return get(i) instanceof Symbols(_, var terms)
                && terms.size() == 1
                && terms.getFirst().written().equals("NULL");
    }

    boolean isEllipsis(int i) {
        return get(i) instanceof Ellipsis(_, var from) && from == 0;
    }

    ScriptException expected(Argument at, String what) {
        return source.error(at.position(), "expected " + what + ", found " + at.found());
    }

    ScriptException expected(int i, String what) {
        return expected(get(i), what);
    }

    int descriptor(int i) {
        return descriptor(get(i), "a descriptor, the number of a socket");
    }

    int descriptor(Argument argument, String what) {
        return descriptors.applyAsInt(
                integer(argument, what, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    int integer(int i, String what) {
        return integer(get(i), what, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    int octets(int i) {
        return integer(get(i), "a count of octets", 0, MAX_OCTETS);
    }

    int integer(Argument argument, String what, int min, int max) {
        if (!(argument instanceof Numeral(_, long value, _))) throw expected(argument, what);
        if (value < min || value > max)
            throw expected(argument, what + " from " + min + " to " + max);
        return (int) value;
    }

    int constant(int i, Constants... kinds) {
        return constant(get(i), kinds);
    }

    /** {@code [SIGPIPE, SIGALRM]}, as Linux's sigset_t. */
    long signalSet(int i) {
        return signalSet(get(i));
    }

    long signalSet(Argument argument) {
        if (!(argument instanceof Argument.Array(_, var elements))) {
            throw expected(argument, "a set of signals, [SIGALRM]");
        }
        long set = 0;
        for (Argument element : elements) set |= 1L << (constant(element, Constants.SIGNAL) - 1);
        return set;
    }

    /** A number, or constants of the given kinds joined by "or". */
    int constant(Argument argument, Constants... kinds) {
        String what = kinds[0].description() + " such as " + kinds[0].names().getFirst();
        if (!(argument instanceof Symbols symbols)) {
            return integer(argument, what, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        int bits = 0;
        for (Term term : symbols.terms()) bits |= (int) value(term, what, kinds);
        return bits;
    }

    private long value(Term term, String what, Constants... kinds) {
        if (Character.isDigit(term.written().charAt(0))) return Long.decode(term.written());
        for (Constants kind : kinds) {
            OptionalLong value = kind.value(term.written());
            if (value.isPresent()) return value.getAsLong();
        }
        throw unknown(term, what, names(kinds));
    }

    private static List<String> names(Constants... kinds) {
        var names = new ArrayList<String>();
        for (Constants kind : kinds) names.addAll(kind.names());
        return names;
    }

    ScriptException unknown(Term term, String what, List<String> known) {
        return source.error(
                term.position(),
                "expected "
                        + what
                        + ", found '"
                        + term.written()
                        + "'"
                        + Spelling.hint(term.written(), known));
    }

    /**
     * What a call sends: the first {@code count} octets of a text, or of the alphabet repeated.
     *
     * @param countAt index of the count, or one past the last argument if there is none
     */
    byte[] data(int i, int countAt) {
        boolean counted = countAt < size();
        return switch (get(i)) {
            case Text text when !counted -> text.bytes();
            case Text text -> {
                int length = text.octets().length();
                yield Arrays.copyOf(
                        text.bytes(),
                        integer(
                                get(countAt),
                                "a count of octets within the text, at most",
                                0,
                                length));
            }
            case Ellipsis(_, var from) when counted -> alphabet(from, octets(countAt));
            case Ellipsis at ->
                    throw source.error(at.position(), "expected how many octets after '...'");
            case Argument other -> throw expected(other, "what to send, \"text\" or ...");
        };
    }

    /** The alphabet again and again, from octet {@code from} on. */
    static byte[] alphabet(int from, int count) {
        byte[] octets = new byte[count];
        int filled = Math.min(count, LETTERS);
        for (int i = 0; i < filled; i++) octets[i] = (byte) ('a' + (from % LETTERS + i) % LETTERS);
        for (; filled < count; filled *= 2) {
            System.arraycopy(octets, 0, octets, filled, Math.min(filled, count - filled));
        }
        return octets;
    }

    /** Room that a call writes to: {@code ...}. */
    void room(int i) {
        if (!isEllipsis(i)) throw expected(i, "... for the buffer");
    }

    /**
     * The length of an address or value, which follows from it anyway: a number, {@code [16]} or
     * {@code ...}.
     */
    OptionalInt length(int i) {
        if (i >= size() || isEllipsis(i)) return OptionalInt.empty();
        return OptionalInt.of(integer(pointed(get(i)), "a length, or ...", 0, Integer.MAX_VALUE));
    }

    /** What is in brackets, if it is in brackets. */
    Argument pointed(Argument argument) {
        if (argument instanceof Array(_, var elements) && elements.size() == 1)
            return elements.getFirst();
        return argument;
    }
}
