package io.socketlab.lab.grade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Scripts that do by other calls what a script does. */
final class OtherWays {

    /** A time in front of a step, and who makes it. */
    private static final String FRONT = "^((?:\\+\\S+ )?)([a-z0-9.]+): ";

    /** The host by itself, and its task. */
    private static final String FRONT_OF_HOST = "^((?:\\+\\S+ )?)([a-z0-9]+)((?:\\.[0-9]+)?): ";

    /** A buffer and how long it is. */
    private static final String BUFFER = "(\\.\\.\\.[^,]*|\"[^\"]*\"), ([^(),]*)";

    /** Room for what is read, with a buffer or without. */
    private static final String ROOM = "(?:(?:\\.\\.\\.|\"[^\"]*\"), )?([^(),.\"]+)";

    /** What has a number of its own, or one for which no pattern is: these scripts are left out. */
    private static final Pattern NUMBERS =
            Pattern.compile("\\b(select|kevent|dup2?|fork|exec|pipe|wait)\\(|\\bexec |\\$");

    private static final Pattern NEW = Pattern.compile("\\b(socket|accept4?|epoll_create1?)\\(");

    private static final Pattern FIRST_ARGUMENT =
            Pattern.compile(
                    "\\b(?!socket|poll|sleep|predict|epoll_create)([a-z_0-9]+\\()(\\d+)(?=[,)])");

    private static final Pattern MEMBER = Pattern.compile("(\\bfd=|, EPOLL_CTL_[A-Z]+, )([0-9]+)");

    private static final Pattern RESULT = Pattern.compile("( = )([0-9]+)$");

    private static final Pattern WHO = Pattern.compile(FRONT);

    private static final String UNUSED = ": socket(AF_INET, SOCK_DGRAM, 0) = 3\n";

    /**
     * @param labs that are about what it does otherwise
     */
    private record Way(String name, Set<String> labs, UnaryOperator<String> change) {

        Way but(String... about) {
            return new Way(name, Set.of(about), change);
        }
    }

    private static Way way(String name, String of, String by) {
        Pattern pattern = Pattern.compile(of, Pattern.MULTILINE);
        return new Way(name, Set.of(), script -> pattern.matcher(script).replaceAll(by));
    }

    private static final List<Way> WAYS =
            List.of(
                    way("recvfrom() for recv()", "\\brecv\\(", "recvfrom("),
                    way("read() for recv()", "\\brecv\\(([^()]*), 0\\)", "read($1)"),
                    way("write() for send()", "\\bsend\\(([^()]*), 0\\)", "write($1)"),
                    way("accept4() for accept()", "\\baccept\\(([^(),]*)\\)", "accept4($1, 0)"),
                    way(
                            "accept4() with a flag for accept()",
                            "\\baccept\\(([^(),]*)\\)",
                            "accept4($1, SOCK_CLOEXEC)"),
                    wayOfLines(
                            "writev() for send()",
                            "\\b(?:send\\(([0-9]+), "
                                    + BUFFER
                                    + ", 0\\)|write\\(([0-9]+), "
                                    + BUFFER
                                    + "\\))",
                            "writev($1$4, [{$2$5, $3$6 }], 1)"),
                    wayOfLines(
                            "sendmsg() for send()",
                            "\\bsend\\(([0-9]+), " + BUFFER + ", ([^()]*)\\)",
                            "sendmsg($1, {msg_iov=[{$2, $3 }]}, $4)"),
                    wayOfLines(
                            "readv() for recv()",
                            "\\b(?:recv|read)\\(([0-9]+), " + ROOM + "(?:, 0)?\\)",
                            "readv($1, [{..., $2 }], 1)"),
                    wayOfLines(
                            "recvmsg() for recv()",
                            "\\brecv\\(([0-9]+), " + ROOM + "((?:, [0-9A-Z_|]+)?)\\)",
                            "recvmsg($1, {msg_iov=[{..., $2 }]}$3)"),
                    way(
                            "reading in a loop",
                            FRONT + "recv\\(([0-9]+), \\.\\.\\., ([^(),]*), MSG_WAITALL\\) = \\4$",
                            """
                            $1$2: {
                                \\$left = $4
                                while \\$left > 0 {
                                    \\$n = recv($3, \\$data, \\$left, 0)
                                    if \\$n <= 0 { break }
                                    \\$left -= \\$n
                                }
                            }\
                            """),
                    way(
                            "poll() before accept() and recv()",
                            FRONT + "((?:accept|recv)\\(([0-9]+)[^()]*\\)) = [0-9{].*$",
                            """
                            $1$2: {
                                poll([{fd=$4, events=POLLIN}], 1, -1)
                                $3
                            }\
                            """),
                    way(
                            "connect() that does not wait",
                            FRONT + "connect\\(([0-9]+), (.*)\\) = 0$",
                            """
                            $1$2: fcntl($3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                            $2: connect($3, $4) = -1 EINPROGRESS
                            $2: poll([{fd=$3, events=POLLOUT}], 1, -1) = 1
                            $2: fcntl($3, F_SETFL, O_RDWR) = 0\
                            """),
                    way(
                            "SOCK_NONBLOCK for fcntl()",
                            FRONT
                                    + "socket\\(AF_INET, (\\w+), 0\\) = ([0-9]+)\\n\\2: fcntl\\(\\4, F_SETFL, (?:O_RDWR\\|)?O_NONBLOCK\\)(?: = 0)?$",
                            "$1$2: socket(AF_INET, $3|SOCK_NONBLOCK, 0) = $4"),
                    way(
                            "fcntl() for SOCK_NONBLOCK",
                            FRONT + "socket\\(AF_INET, (\\w+)\\|SOCK_NONBLOCK, 0\\) = ([0-9]+)$",
                            """
                            $1$2: socket(AF_INET, $3, 0) = $4
                            $2: fcntl($4, F_SETFL, O_RDWR|O_NONBLOCK) = 0\
                            """),
                    way(
                            "questions in between",
                            FRONT + "listen\\(([0-9]+), (.*)\\) = 0$",
                            "$0\n$2: getsockname($3)\n$2: fcntl($3, F_GETFL)"),
                    way(
                            "questions about connections",
                            FRONT + "accept\\(([0-9]+)\\) = ([0-9]+)$",
                            "$0\n$2: getpeername($4)\n$2: getsockopt($4, SOL_SOCKET, SO_ERROR)\n$2: sleep(0)"),
                    way("a long backlog", "\\blisten\\(([0-9]+), [^()]*\\)", "listen($1, 4096)")
                            .but("c3-backlog", "c4-syn-flood"),
                    way(
                                    "SO_REUSEADDR",
                                    FRONT + "bind\\(([0-9]+), ",
                                    "$1$2: setsockopt($3, SOL_SOCKET, SO_REUSEADDR, 1) = 0\n$2: bind($3, ")
                            .but("t1-why-time-wait", "t2-address-in-use"),
                    way(
                            "an address of its own",
                            FRONT_OF_HOST + "bind\\(([0-9]+), \\*:",
                            "$1$2$3: bind($4, $2:"),
                    way(
                                    "shutdown() of both directions before close()",
                                    FRONT + "close\\(([0-9]+)\\) = 0$",
                                    "$1$2: shutdown($3, SHUT_RDWR)\n$2: close($3) = 0")
                            .but("c6-rude-endings"),
                    new Way("other numbers of descriptors", Set.of(), OtherWays::renumbered));

    private OtherWays() {}

    /** By their names those that come to other scripts. */
    static Map<String, String> of(String lab, String script) {
        var ways = new LinkedHashMap<String, String>();
        for (Way way : WAYS) {
            String changed = way.change.apply(script);
            if (!way.labs.contains(lab) && !changed.equals(script)) ways.put(way.name, changed);
        }
        return ways;
    }

    /** Programs have variables, of which structures are not made. */
    private static Way wayOfLines(String name, String of, String by) {
        Pattern pattern = Pattern.compile(of);
        return new Way(
                name,
                Set.of(),
                script ->
                        script.lines()
                                .map(line ->
                                        WHO.matcher(line).find()
                                                ? pattern.matcher(line).replaceAll(by)
                                                : line)
                                .collect(Collectors.joining("\n", "", "\n")));
    }

    /** Each host has a socket that nobody uses, and all numbers after it are one more. */
    private static String renumbered(String script) {
        if (NUMBERS.matcher(script).find()) return script;
        var met = new TreeSet<String>();
        return script.lines()
                .map(line -> {
                    Matcher front = WHO.matcher(line);
                    if (!front.find()) return line;
                    String host = front.group(2).replaceFirst("\\..*", "");
                    String unused = met.add(host) ? host + UNUSED : "";
                    return unused + oneMore(line);
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String oneMore(String line) {
        String more = replaced(line, FIRST_ARGUMENT);
        more = replaced(more, MEMBER);
        return NEW.matcher(line).find() ? replaced(more, RESULT) : more;
    }

    private static String replaced(String line, Pattern number) {
        return number.matcher(line).replaceAll(OtherWays::oneMore);
    }

    private static String oneMore(MatchResult found) {
        return found.group(1) + (Integer.parseInt(found.group(2)) + 1);
    }
}
