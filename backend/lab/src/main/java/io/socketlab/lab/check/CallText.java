package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A call as the trace writes it, taken apart. The same call can be written with more or fewer
 * arguments; which argument plays which role is decided by how many there are, as in the script
 * language.
 */
final class CallText {

    /** Per call the roles of its arguments, one line a number of arguments, the longest first. */
    private static final Map<String, List<List<String>>> ROLES = new TreeMap<>();

    static {
        roles("socket", "domain type protocol");
        roles("bind", "fd address addrlen", "fd address");
        roles("listen", "fd backlog");
        roles("accept", "fd peer addrlen", "fd peer", "fd");
        roles("accept4", "fd peer addrlen flags", "fd peer flags", "fd flags");
        roles("connect", "fd address addrlen", "fd address");
        roles("read", "fd data count", "fd count");
        roles("write", "fd data count", "fd data");
        roles("send", "fd data count flags", "fd data count", "fd data");
        roles("recv", "fd data count flags", "fd data count", "fd count");
        roles(
                "sendto",
                "fd data count flags address addrlen",
                "fd data count flags address",
                "fd data count address",
                "fd data address");
        roles(
                "recvfrom",
                "fd data count flags source addrlen",
                "fd data count flags source",
                "fd data count flags",
                "fd data count",
                "fd count");
        roles("shutdown", "fd how");
        roles("close", "fd");
        roles("getsockname", "fd address addrlen", "fd");
        roles("getpeername", "fd address addrlen", "fd");
        roles("setsockopt", "fd level name value length", "fd level name value");
        roles("getsockopt", "fd level name value length", "fd level name value", "fd level name");
        roles("fcntl", "fd command argument", "fd command");
        roles("ioctl", "fd request argument", "fd request");
        roles("poll", "fds nfds timeout", "fds timeout");
        roles("ppoll", "fds nfds timeout sigmask", "fds nfds timeout", "fds timeout");
        roles("select", "nfds readfds writefds exceptfds timeout");
        roles(
                "pselect",
                "nfds readfds writefds exceptfds timeout sigmask",
                "nfds readfds writefds exceptfds timeout");
        roles("epoll_create", "size");
        roles("epoll_create1", "flags");
        roles("epoll_ctl", "fd op watched event", "fd op watched");
        roles("epoll_wait", "fd events maxevents timeout");
        roles("epoll_pwait", "fd events maxevents timeout sigmask");
        roles("epoll_pwait2", "fd events maxevents timeout sigmask");
        roles("kqueue", "");
        roles("kevent", "fd changelist nchanges eventlist nevents timeout");
        roles("dup", "fd");
        roles("dup2", "fd newfd");
        roles("pipe", "fds");
        roles("pipe2", "fds flags");
        roles("open", "path flags mode", "path flags");
        roles("sendmsg", "fd msg flags", "fd msg");
        roles("recvmsg", "fd msg flags", "fd msg");
        roles("sendmmsg", "fd msgvec vlen flags", "fd msgvec vlen");
        roles("recvmmsg", "fd msgvec vlen flags timeout", "fd msgvec vlen flags", "fd msgvec vlen");
        roles("readv", "fd iov iovcnt", "fd iov");
        roles("writev", "fd iov iovcnt", "fd iov");
        roles("sendfile", "out in offset count");
        roles("splice", "in off_in out off_out len flags");
        roles("getaddrinfo", "node service hints res", "node service hints", "node service");
        roles("gethostbyname", "name");
        roles("sleep", "time");
        roles("nanosleep", "time");
        processes();
    }

    /** In the trace, wait() is a waitpid(), and signal() a sigaction(). */
    private static void processes() {
        roles("dup3", "fd newfd flags");
        for (String name : List.of("fork", "pthread_create", "pthread_exit")) roles(name, "");
        roles("exit", "status");
        roles("wait", "status", "");
        roles("waitpid", "pid status options", "pid");
        roles("getpid", "");
        roles("getppid", "");
        roles("kill", "pid signal");
        roles("signal", "signal action");
        roles("sigaction", "signal action");
        roles("sigprocmask", "how set");
        roles("sigsuspend", "mask");
        roles("pause", "");
        roles("alarm", "seconds");
        roles("getrlimit", "resource limit", "resource");
        roles("setrlimit", "resource limit");
    }

    static final List<String> NAMES = List.copyOf(ROLES.keySet());

    /** The value of an option as the trace writes it: {@code [1]}. */
    private static final Pattern BOXED = Pattern.compile("\\[(-?[0-9]+)]");

    private static final Pattern FLAGS =
            Pattern.compile(
                    "(MSG|SOCK|POLL|O|EPOLL|EV|NOTE)_?[A-Z]+(\\|(MSG|SOCK|POLL|O|EPOLL|EV|NOTE)_?[A-Z]+)*");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    /** A buffer and its length in an array of them, once strings are out of the way. */
    private static final Pattern ROOM = Pattern.compile("\\{\\.\\.\\., ([0-9]+)}");

    private static final Pattern MESSAGE_LENGTH = Pattern.compile("\\bmsg_len=([0-9]+)");

    private CallText() {}

    private static void roles(String name, String... lines) {
        ROLES.put(
                name,
                Arrays.stream(lines)
                        .map(l -> l.isEmpty() ? List.<String>of() : List.of(l.split(" ")))
                        .toList());
    }

    static List<String> longestForm(String name) {
        return ROLES.getOrDefault(name, List.of(List.of())).getFirst();
    }

    /** A set of bit flags, {@code MSG_PEEK|MSG_DONTWAIT}. */
    static boolean isFlags(String text) {
        boolean isWord = !text.isEmpty() && text.charAt(0) >= 'A' && text.charAt(0) <= 'Z';
        return isWord && FLAGS.matcher(text).matches();
    }

    static Set<String> flagNames(String text) {
        return new TreeSet<>(List.of(text.split("\\|")));
    }

    /** The same set is the same word, however it is written. */
    static Value flags(String text) {
        return new Value.Word(String.join("|", flagNames(text)));
    }

    /**
     * A pattern's arguments by their roles. {@code *} as the name stands for any call: fd first.
     */
    static Map<String, Term> byRole(String name, List<Term> terms, boolean open, int offset)
            throws SyntaxException {
        List<List<String>> lines = ROLES.getOrDefault(name, List.of(List.of("fd")));
        List<String> roles = lines.getFirst();
        if (!open) {
            roles =
                    lines.stream()
                            .filter(line -> line.size() == terms.size())
                            .findFirst()
                            .orElseThrow(() -> wrongNumber(name, lines, terms.size(), offset));
        } else if (terms.size() > roles.size()) {
            throw wrongNumber(name, lines, terms.size(), offset);
        }
        var byRole = new LinkedHashMap<String, Term>();
        for (int i = 0; i < terms.size(); i++) {
            if (!(terms.get(i) instanceof Term.Any)) byRole.put(roles.get(i), terms.get(i));
        }
        return byRole;
    }

    private static SyntaxException wrongNumber(
            String name, List<List<String>> lines, int found, int offset) {
        var counts = new ArrayList<String>();
        for (List<String> line : lines.reversed()) counts.add(Integer.toString(line.size()));
        return new SyntaxException(
                offset,
                "expected "
                        + String.join(" or ", counts)
                        + " arguments for "
                        + name
                        + ", or '...' for any further ones, not "
                        + found);
    }

    /** The arguments of a call in the trace by their roles, as they are written. */
    static Map<String, String> arguments(String name, String text) {
        int open = text.indexOf('(');
        int close = closing(text, open);
        if (open < 0 || close < 0) return Map.of();
        String inside = text.substring(open + 1, close);
        List<String> parts = inside.isBlank() ? List.of() : Split.at(inside, ",");
        List<List<String>> lines = ROLES.getOrDefault(name, List.of());
        var byRole = new LinkedHashMap<String, String>();
        for (List<String> roles : lines) {
            if (roles.size() != parts.size()) continue;
            for (int i = 0; i < roles.size(); i++) byRole.put(roles.get(i), bare(parts.get(i)));
            return byRole;
        }
        return byRole;
    }

    /** How many octets the buffers of readv() or recvmsg() have room for, together. */
    static long room(String text) {
        return sum(ROOM, text);
    }

    /**
     * How many octets a sending call handed over: sendmmsg() returns the number of its messages,
     * and how much of each was sent stands beside it.
     */
    static long taken(TraceEvent.CallReturned call) {
        return call.name().equals("sendmmsg") ? sum(MESSAGE_LENGTH, call.text()) : call.result();
    }

    private static long sum(Pattern number, String text) {
        return number.matcher(STRING.matcher(text).replaceAll("..."))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static String bare(String part) {
        String bare = part.strip();
        return bare.indexOf('[') < 0 ? bare : BOXED.matcher(bare).replaceFirst("$1");
    }

    private static int closing(String text, int open) {
        int depth = 0;
        boolean quoted = false;
        for (int i = Math.max(open, 0); i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') i++;
                else if (c == '"') quoted = false;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
