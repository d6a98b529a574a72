package io.socketlab.server;

/** A run of {@code b2-write-that-blocks} that has much in it, for measurements. */
public final class LongRun {

    private static final String[] CONNECT = {
        "server: socket(AF_INET, SOCK_STREAM, 0)",
        "server: bind(3, *:4000)",
        "server: listen(3, 5)",
        "client: socket(AF_INET, SOCK_STREAM, 0)",
        "client: connect(3, server:4000)",
        "run",
        "server: accept(3)"
    };

    private LongRun() {}

    /** A connection that sends until there are {@code events}; answers how many there are. */
    public static int fill(Visitor student, String path, int events) {
        int port = student.uri("/").getPort();
        try (Browser browser = Browser.open(port, path, student.cookie(), 0)) {
            browser.awaitMessage("hello");
            int n = 0;
            for (String line : CONNECT) browser.input("a" + n++, line);
            int last = 0;
            while (last < events) {
                browser.input("a" + n++, "client: send(3, ..., 40000, 0)");
                browser.input("a" + n++, "run");
                browser.input("a" + n++, "server: recv(4, 60000)");
                int now = browser.input("a" + n++, "run").path("lastSeq").asInt();
                if (now <= last) throw new AssertionError("the bench stands at event " + last);
                last = now;
            }
            return last;
        }
    }
}
