package io.socketlab.kernel.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random program in the language of the readiness tables: sockets, streams and datagrams over
 * loopback, options, and looking at what is ready. After every call that sends something it lets
 * that settle, so that what comes next does not depend on when.
 */
final class RandomReadiness {

    private static final int LEAST = 8;
    private static final int MORE = 24;

    private static final List<String> OPTIONS =
            List.of(
                    "SO_RCVLOWAT",
                    "SO_SNDBUF",
                    "SO_RCVBUF",
                    "SO_OOBINLINE",
                    "SO_KEEPALIVE",
                    "SO_REUSEADDR",
                    "SO_BROADCAST",
                    "SO_PRIORITY",
                    "IP_RECVERR",
                    "IP_TTL",
                    "IP_TOS",
                    "TCP_NODELAY",
                    "TCP_CORK",
                    "TCP_MAXSEG",
                    "TCP_KEEPIDLE",
                    "TCP_KEEPCNT",
                    "TCP_SYNCNT",
                    "TCP_LINGER2",
                    "TCP_USER_TIMEOUT",
                    "TCP_DEFER_ACCEPT",
                    "TCP_NOTSENT_LOWAT",
                    "TCP_WINDOW_CLAMP");

    private static final List<String> ASKED =
            List.of("SO_TYPE", "SO_ACCEPTCONN", "SO_RCVLOWAT", "TCP_MAXSEG", "SO_KEEPALIVE");

    private final Random random;
    private final List<String> lines = new ArrayList<>();

    /** By one letter, which is also what epoll gives back. */
    private final List<String> sockets = new ArrayList<>();

    private final List<String> listeners = new ArrayList<>();
    private final List<String> epolls = new ArrayList<>();
    private char next = 'a';

    private RandomReadiness(long seed) {
        this.random = new Random(seed);
    }

    /** The commands of program {@code seed}, without their results. */
    static List<String> of(long seed) {
        var program = new RandomReadiness(seed);
        program.begin();
        int steps = LEAST + program.random.nextInt(MORE);
        for (int i = 0; i < steps && program.next < 'z'; i++) program.step();
        program.sockets.forEach(name -> program.add("look " + name));
        program.add("states");
        return program.lines;
    }

    /** Most begin with a connection, for little happens to sockets without one. */
    private void begin() {
        if (random.nextInt(4) == 0) {
            String a = made(sockets, "udp");
            add("bind " + a);
            String b = made(sockets, "udp");
            add("connect " + b + " " + a);
            return;
        }
        String listener = made(sockets, "tcp");
        if (random.nextInt(4) == 0) option(listener);
        add("bind " + listener);
        add("listen " + listener + " " + pick(1, 5, 0));
        listeners.add(listener);
        String client = made(sockets, "tcp");
        if (random.nextInt(3) == 0) option(client);
        sent("connect " + client + " " + listener);
        if (random.nextInt(8) != 0) accept(listener);
    }

    private void step() {
        String name = one(sockets);
        switch (random.nextInt(26)) {
            case 0 -> made(sockets, random.nextBoolean() ? "tcp" : "udp");
            case 1 ->
                    sent("connect " + name + " " + one(listeners.isEmpty() ? sockets : listeners));
            case 2 ->
                    sent(
                            "connect "
                                    + name
                                    + " "
                                    + (random.nextInt(3) == 0 ? "nowhere" : "refused"));
            case 3 -> accept(listeners.isEmpty() ? name : one(listeners));
            case 4, 5, 6 -> sent("send " + name + " " + pick(1, 100, 0, 1000, 3000));
            case 7, 8 -> add("recv " + name + " " + pick(1, 100, 0, 5000));
            case 9 -> sent((random.nextBoolean() ? "oob " : "more ") + name + " " + pick(1, 10));
            case 10 ->
                    add(one(List.of("peek ", "recvoob ", "trunc ")) + name + " " + pick(1, 10, 0));
            case 11, 12 -> sent("shutdown " + name + " " + one(List.of("rd", "wr", "rdwr")));
            case 13 -> closes("close " + name);
            case 14 -> closes("reset " + name);
            case 15, 16 -> option(name);
            case 17 -> add("get " + name + " " + one(ASKED));
            case 18 -> add("error " + name);
            case 19 -> add("readable " + name);
            case 20 -> add("peer " + name);
            case 21 -> sent("listen " + name + " 1");
            case 22 -> epoll(name);
            case 23 -> sent("disconnect " + name);
            case 24 -> add("states");
            default -> add("look " + name);
        }
    }

    private void accept(String listener) {
        String name = String.valueOf(next++);
        sent("accept " + name + " " + listener);
        sockets.add(name);
    }

    private void closes(String command) {
        if (sockets.size() < 2) return;
        sent(command);
        String closed = command.substring(command.length() - 1);
        sockets.remove(closed);
        listeners.remove(closed);
        if (random.nextInt(4) == 0) add("recv " + closed + " 1");
    }

    private void option(String name) {
        String option = one(OPTIONS);
        sent("set " + name + " " + option + " " + pick(0, 1, 2, 30, 600, 5000, -1, 100_000));
        add("get " + name + " " + option);
    }

    private void epoll(String name) {
        if (epolls.isEmpty() || random.nextInt(6) == 0) made(epolls, "epoll");
        String epoll = one(epolls);
        String operation = one(List.of("add", "add", "mod", "del"));
        String events = one(List.of("IN", "OUT", "IN|OUT", "IN|RDHUP", "IN|OUT|ET", "IN|ONESHOT"));
        add("ctl " + epoll + " " + operation + " " + name + " " + events);
        add("wait " + epoll + " " + pick(1, 10));
        add("wait " + epoll + " 10");
    }

    private String made(List<String> kind, String command) {
        String name = String.valueOf(next++);
        add(command + " " + name);
        kind.add(name);
        return name;
    }

    private void add(String line) {
        lines.add(line);
    }

    private void sent(String line) {
        lines.add(line);
        lines.add("settle");
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }

    private String one(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
