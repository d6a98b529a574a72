package io.socketlab.server.integrity;

import io.socketlab.lab.script.CallCatalogue;
import io.socketlab.lab.script.Constants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of the console, a script or C without what two people who do the same have different:
 * blanks and comments, the values of their seeds, what they call their variables, functions and
 * macros, and in scripts what calls are to return. Numbers and texts of their own choosing stay:
 * they are what tells people apart.
 */
final class Normal {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.])");
    private static final Pattern NUMBER_OR_ADDRESS = Pattern.compile("\\d+(?:\\.\\d+){0,3}");
    private static final Pattern TELLING =
            Pattern.compile("(?<![\\w.])(?:\\d{4,}|\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\w.])");

    /** A call of a script, {@code +0.1 server.2: accept(3) = 4}, up to what it returns. */
    private static final Pattern RETURN =
            Pattern.compile("(\\s*+(?:[+~]?[\\d.]++\\w*+\\s++)?+\\w[\\w.]*+: .*\\)) = .*");

    private static final String VALUE = "{}";

    /** What is not of anybody's naming: of C, its library, the console and the calls. */
    private static final Set<String> KEPT = kept();

    private Normal() {}

    private static Set<String> kept() {
        var kept = new HashSet<>(CallCatalogue.names());
        kept.addAll(Constants.allNames());
        kept.addAll(
                List.of(
                        ("break case char client const continue default define do double else enum errno exec exit"
                                        + " float for fprintf fputs free freeaddrinfo goto htonl htons if include"
                                        + " inet_ntop inet_pton int long main malloc memchr memcmp memcpy memmove memset"
                                        + " ntohl ntohs perror predict printf pthread_create pthread_join puts realloc"
                                        + " return run server short signed sizeof snprintf static step strchr strcmp"
                                        + " strlen strncmp strtol struct switch typedef union unsigned until void while")
                                .split(" ")));
        return Set.copyOf(kept);
    }

    /** The tokens of each line; none where it says nothing. */
    static List<List<String>> lines(List<String> lines, Given given) {
        var scanner = new Scanner(given);
        return lines.stream().map(scanner::line).toList();
    }

    /** The numbers of a line that are as good as names: of four digits and more; and addresses. */
    static List<String> telling(String line) {
        return TELLING.matcher(line).results().map(result -> result.group()).toList();
    }

    /** Goes through lines, and knows whether a comment has begun in one before. */
    private static final class Scanner {

        private final Given given;
        private boolean inComment;

        Scanner(Given given) {
            this.given = given;
        }

        List<String> line(String whole) {
            if (whole.strip().equals("quiet()")) return List.of("run"); // as it is typed
            Matcher returns = RETURN.matcher(whole);
            String line = returns.matches() ? returns.group(1) : whole;
            var tokens = new ArrayList<String>();
            int at = 0;
            while (at < line.length()) {
                if (inComment) {
                    int end = line.indexOf("*/", at);
                    if (end < 0) break;
                    inComment = false;
                    at = end + 2;
                } else if (line.startsWith("//", at)) {
                    break;
                } else if (line.startsWith("/*", at)) {
                    inComment = true;
                    at += 2;
                } else if (Character.isWhitespace(line.charAt(at))) {
                    at++;
                } else {
                    int end = end(line, at);
                    add(line.substring(at, end), tokens);
                    at = end;
                }
            }
            return tokens;
        }

        private static int end(String line, int at) {
            char c = line.charAt(at);
            if (c == '"' || c == '\'') return endOfText(line, at);
            if (Character.isDigit(c)) {
                Matcher address = ADDRESS.matcher(line).region(at, line.length());
                address.useTransparentBounds(true);
                if (address.lookingAt()) return address.end();
            }
            int end = at;
            while (end < line.length() && isOfWord(line.charAt(end))) end++;
            return Math.max(end, at + 1);
        }

        private static boolean isOfWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_';
        }

        /** Behind the quote that ends it; where there is none, behind the one that begins it. */
        private static int endOfText(String line, int at) {
            char quote = line.charAt(at);
            for (int i = at + 1; i < line.length(); i++) {
                if (line.charAt(i) == quote) return i + 1;
                if (line.charAt(i) == '\\') i++;
            }
            return at + 1;
        }

        private void add(String token, List<String> tokens) {
            char c = token.charAt(0);
            if (given.values().contains(token)) {
                tokens.add(VALUE);
            } else if (c == '"' || c == '\'') {
                tokens.add(withoutValues(token));
            } else if (Character.isDigit(c) && token.indexOf('.') >= 0) {
                for (String part : token.split("\\.", -1)) {
                    tokens.add(given.values().contains(part) ? VALUE : part);
                }
            } else if (isOfWord(c) && !Character.isDigit(c)) {
                tokens.add(KEPT.contains(token) ? token : "name");
            } else {
                tokens.add(token);
            }
        }

        private String withoutValues(String text) {
            return NUMBER_OR_ADDRESS
                    .matcher(text)
                    .replaceAll(number ->
                            given.values().contains(number.group())
                                    ? VALUE
                                    : Matcher.quoteReplacement(number.group()));
        }
    }
}
