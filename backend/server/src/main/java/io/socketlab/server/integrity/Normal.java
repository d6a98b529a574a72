package io.socketlab.server.integrity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line without what two people who do the same have different: blanks and comments, the values of
 * their seeds, what they call their variables. Numbers of their own choosing stay: they are what
 * tells people apart.
 */
final class Normal {

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|[A-Za-z_]\\w*|\\d+(?:\\.\\d+)*|\\S");
    private static final Pattern COMMENT = Pattern.compile("//.*$|/\\*.*?\\*/");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)*");

    /** A name that is all of a program's own, and not of C, the library or the console. */
    private static final Pattern OWN = Pattern.compile("[a-z_][A-Za-z0-9_]*");

    private static final Set<String> KEPT =
            Set.of(
                    ("accept accept4 bind break case char client close connect const continue default do double else"
                                    + " epoll_create1 epoll_ctl epoll_wait errno exec exit fcntl fd for fork freeaddrinfo"
                                    + " getaddrinfo getsockopt goto htonl htons if include inet_pton int kevent kqueue listen"
                                    + " long main malloc memset ntohs perror poll pread predict printf read recv recvfrom"
                                    + " recvmsg return run select send sendmsg sendto server setsockopt short shutdown"
                                    + " sizeof sleep socket static step struct strlen switch typedef unsigned void while"
                                    + " write writev")
                            .split(" "));

    private Normal() {}

    /** The tokens of a line; none if it says nothing. */
    static List<String> tokens(String line, Set<String> parameters) {
        if (line.strip().equals("quiet()")) return List.of("run"); // as it is typed
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(COMMENT.matcher(line).replaceAll(" "));
        while (token.find()) tokens.add(normal(token.group(), parameters));
        return tokens;
    }

    private static String normal(String token, Set<String> parameters) {
        if (parameters.contains(token)) return "{}";
        if (token.startsWith("\"") || token.startsWith("'")) return token;
        if (NUMBER.matcher(token).matches()) return token;
        return OWN.matcher(token).matches() && !KEPT.contains(token) ? "name" : token;
    }

    /** The numbers of a line that are as good as names: of four digits and more. */
    static List<String> longNumbers(String line) {
        List<String> numbers = new ArrayList<>();
        Matcher number = Pattern.compile("(?<![\\w.])\\d{4,}(?![\\w.])").matcher(line);
        while (number.find()) numbers.add(number.group());
        return numbers;
    }
}
