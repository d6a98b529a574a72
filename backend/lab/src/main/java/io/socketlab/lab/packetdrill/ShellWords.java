package io.socketlab.lab.packetdrill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Splits shell text into commands, and commands into words, as far as scripts use the shell:
 * quotes, comments, {@code ;}, {@code &&}, {@code ||}, redirections, {@code ${NAME}} and sums in
 * {@code $((…))}.
 */
final class ShellWords {

    /** One simple command. {@code joint} is what stands between it and the one before. */
    record SimpleCommand(String joint, List<String> words, List<String> redirections) {
        SimpleCommand {
            words = List.copyOf(words);
            redirections = List.copyOf(redirections);
        }
    }

    private final String text;
    private final Map<String, String> environment;
    private final List<SimpleCommand> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private List<String> redirections = new ArrayList<>();
    private String joint = ";";
    private int at;

    ShellWords(String text, Map<String, String> environment) {
        this.text = text;
        this.environment = environment;
    }

    List<SimpleCommand> commands() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') at += 2;
            else if (c == '\n' || c == ';') endCommand(1, ";");
            else if (text.startsWith("&&", at)) endCommand(2, "&&");
            else if (text.startsWith("||", at)) endCommand(2, "||");
            else if (text.startsWith("&>", at)) redirection(2, "1>");
            else if (c == '|') endCommand(1, "|");
            else if (Character.isWhitespace(c)) at++;
            else if (c == '#') skipLine();
            else if (c == '>' || c == '<') redirection(1, String.valueOf(c));
            else if (isNumberedRedirection()) redirection(2, text.substring(at, at + 2));
            else words.add(word());
        }
        endCommand(0, ";");
        return commands;
    }

    private boolean isNumberedRedirection() {
        return Character.isDigit(text.charAt(at))
                && at + 1 < text.length()
                && text.charAt(at + 1) == '>';
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') at++;
    }

    private void redirection(int length, String kind) {
        at += length;
        if (at < text.length() && text.charAt(at) == '>') at++;
        if (at < text.length() && text.charAt(at) == '&') at++;
        while (at < text.length() && text.charAt(at) == ' ') at++;
        redirections.add(kind + (at < text.length() ? word() : ""));
    }

    private void endCommand(int length, String next) {
        at += length;
        if (!words.isEmpty()) {
            commands.add(new SimpleCommand(joint, words, redirections));
            words = new ArrayList<>();
            redirections = new ArrayList<>();
            joint = next;
        }
        if (!next.equals(";")) joint = next;
    }

    private String word() {
        var word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || ";|<>".indexOf(c) >= 0) break;
            if (c == '&' && text.startsWith("&&", at)) break;
            if (c == '"') doubleQuoted(word);
            else if (c == '\'') singleQuoted(word);
            else if (c == '$') dollar(word);
            else if (c == '\\' && at + 1 < text.length()) {
                if (text.charAt(at + 1) != '\n') word.append(text.charAt(at + 1));
                at += 2;
            } else {
                word.append(c);
                at++;
            }
        }
        return word.toString();
    }

    private void doubleQuoted(StringBuilder word) {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '$') dollar(word);
            else word.append(text.charAt(at++));
        }
        at++;
    }

    private void singleQuoted(StringBuilder word) {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) end = text.length();
        word.append(text, at + 1, end);
        at = end + 1;
    }

    private void dollar(StringBuilder word) {
        if (text.startsWith("$((", at)) {
            int end = text.indexOf("))", at);
            if (end < 0) throw new Unsupported("the shell for " + text.substring(at));
            word.append(arithmetic(text.substring(at + 3, end)));
            at = end + 2;
        } else if (text.startsWith("$(", at)) {
            throw new Unsupported("the shell for " + text.substring(at));
        } else if (text.startsWith("${", at)) {
            int end = Math.max(text.indexOf('}', at), at + 2);
            word.append(environment.getOrDefault(text.substring(at + 2, end), ""));
            at = end + 1;
        } else {
            int end = at + 1;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) end++;
            word.append(environment.getOrDefault(text.substring(at + 1, end), ""));
            at = end;
        }
    }

    private static long arithmetic(String expression) {
        try {
            if (new CodeBlock(expression, Map.of(), _ -> null).value() instanceof Long number) {
                return number;
            }
        } catch (CodeException e) {
            // said below, with all of it
        }
        throw new Unsupported("the shell for $((" + expression + "))");
    }
}
