package io.socketlab.lab.command;

import io.socketlab.lab.expr.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The words of a command line, taken from the left. Quotes keep blanks inside a word. */
final class Words {

    private record Word(String text, int offset) {}

    private final List<Word> words = new ArrayList<>();
    private final int end;
    private int next;

    Words(String line) {
        end = line.length();
        int at = 0;
        while (at < line.length()) {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
                continue;
            }
            int start = at;
            var word = new StringBuilder();
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                char c = line.charAt(at);
                if (c != '"' && c != '\'') {
                    word.append(c);
                    at++;
                    continue;
                }
                int close = line.indexOf(c, at + 1);
                if (close < 0)
                    throw new CommandException(
                            at, "expected " + c + " again, at the end of the quoted text");
                word.append(line, at + 1, close);
                at = close + 1;
            }
            words.add(new Word(word.toString(), start));
        }
    }

    boolean isEmpty() {
        return next == words.size();
    }

    /** The next word, which stays; empty at the end. */
    String peek() {
        return isEmpty() ? "" : words.get(next).text;
    }

    /**
     * The one word that is no option, of a command whose options may stand on both sides of it.
     *
     * @param expected what is said where there is none, or another
     * @param option takes the option that is next, with its values
     */
    String operand(String expected, Consumer<Words> option) {
        String operand = "";
        while (!isEmpty()) {
            if (peek().startsWith("-")) option.accept(this);
            else if (operand.isEmpty()) operand = next(expected);
            else throw unexpected(expected);
        }
        if (operand.isEmpty()) throw unexpected(expected);
        return operand;
    }

    /** Where the next word is. */
    int offset() {
        return isEmpty() ? end : words.get(next).offset;
    }

    String next(String expected) {
        if (isEmpty()) throw new CommandException(end, expected);
        return words.get(next++).text;
    }

    /** Takes the word if it is next. */
    boolean accept(String word) {
        if (!peek().equals(word)) return false;
        next++;
        return true;
    }

    /** Everything up to here was to be all. */
    void end(String usage) {
        if (!isEmpty()) throw unexpected(usage);
    }

    /** The next word is none that can stand there. */
    CommandException unexpected(String expected) {
        String found = isEmpty() ? "" : ", found '" + peek() + "'";
        return new CommandException(offset(), expected + found);
    }

    /** The next word is none of {@code known}. */
    CommandException unknown(String expected, Collection<String> known) {
        return new CommandException(
                offset(), unexpected(expected).problem() + Spelling.hint(peek(), known));
    }

    /** A whole number from {@code from} to {@code to}. */
    int number(String what, int from, int to) {
        return numberAfter("", what, from, to);
    }

    /** A whole number from {@code from} to {@code to}, in one word with {@code sign} before it. */
    int numberAfter(String sign, String what, int from, int to) {
        String expected = "expected " + what + " from " + from + " to " + to;
        int offset = offset() + sign.length();
        String word = next(expected);
        String text = word.startsWith(sign) ? word.substring(sign.length()) : word;
        if (!text.matches("[0-9]{1,9}")
                || Integer.parseInt(text) < from
                || Integer.parseInt(text) > to) {
            throw new CommandException(offset, expected + ", found '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** A time in seconds, perhaps with a fraction; answers nanoseconds. */
    long seconds(String what, int most) {
        String expected = "expected " + what + " in seconds, from 0.000001 to " + most;
        int offset = offset();
        String text = next(expected);
        if (text.matches("[0-9]{1,9}([.][0-9]{1,6})?")) {
            long nanos = new BigDecimal(text).movePointRight(9).longValueExact();
            if (nanos > 0 && nanos <= most * 1_000_000_000L) return nanos;
        }
        throw new CommandException(offset, expected + ", found '" + text + "'");
    }

    /**
     * Takes the options at the front: {@code -tin}, {@code -t -i -n}, {@code --tcp}.
     *
     * @param usage a sentence with the options that there are
     * @param letters those that there are
     * @param longNames the long name of each, in the order of {@code letters}; empty for none
     * @return the letters that are there, each once
     */
    String options(String usage, String letters, List<String> longNames) {
        var given = new StringBuilder();
        while (peek().startsWith("-") && peek().length() > 1) {
            String word = peek();
            if (word.startsWith("--")) {
                int index = longNames.indexOf(word.substring(2));
                if (index < 0 || word.length() == 2) throw unexpected(usage);
                add(given, letters.charAt(index));
            } else {
                for (int i = 1; i < word.length(); i++) {
                    if (letters.indexOf(word.charAt(i)) < 0) {
                        throw new CommandException(
                                offset() + i, usage + ", found '-" + word.charAt(i) + "'");
                    }
                    add(given, word.charAt(i));
                }
            }
            next++;
        }
        return given.toString();
    }

    private static void add(StringBuilder given, char letter) {
        if (given.indexOf(String.valueOf(letter)) < 0) given.append(letter);
    }
}
