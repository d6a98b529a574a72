package io.socketlab.lab.command;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.SocketReport;
import java.util.List;

/** The states that a socket can be in, by Linux's numbers, and what they are called. */
final class Sockets {

    static final int ESTABLISHED = 1;
    static final int SYN_RECEIVED = 3;
    static final int TIME_WAIT = 6;
    static final int CLOSED = 7;
    static final int CLOSE_WAIT = 8;
    static final int LISTEN = 10;

    /** As ss(8) has them; from 1. */
    private static final List<String> SS_NAMES =
            List.of(
                    "ESTAB",
                    "SYN-SENT",
                    "SYN-RECV",
                    "FIN-WAIT-1",
                    "FIN-WAIT-2",
                    "TIME-WAIT",
                    "UNCONN",
                    "CLOSE-WAIT",
                    "LAST-ACK",
                    "LISTEN",
                    "CLOSING");

    /** As netstat(8) has them. */
    private static final List<String> NETSTAT_NAMES =
            List.of(
                    "ESTABLISHED",
                    "SYN_SENT",
                    "SYN_RECV",
                    "FIN_WAIT1",
                    "FIN_WAIT2",
                    "TIME_WAIT",
                    "CLOSE",
                    "CLOSE_WAIT",
                    "LAST_ACK",
                    "LISTEN",
                    "CLOSING");

    /** As the filter of ss(8) has them. */
    static final List<String> FILTER_NAMES =
            List.of(
                    "established",
                    "syn-sent",
                    "syn-recv",
                    "fin-wait-1",
                    "fin-wait-2",
                    "time-wait",
                    "closed",
                    "close-wait",
                    "last-ack",
                    "listening",
                    "closing");

    private Sockets() {}

    static List<SocketReport> of(AddressFamily family, List<SocketReport> sockets) {
        return sockets.stream().filter(s -> s.domain().family() == family).toList();
    }

    static String ssName(SocketReport socket) {
        return SS_NAMES.get(socket.state() - 1);
    }

    static String netstatName(SocketReport socket) {
        return NETSTAT_NAMES.get(socket.state() - 1);
    }

    /** Linux's number of a file that stands for a socket; 0 where no program has one. */
    static int inode(SocketReport socket) {
        boolean none = socket.state() == TIME_WAIT || socket.state() == SYN_RECEIVED;
        return none ? 0 : FIRST_INODE + socket.number();
    }

    private static final int FIRST_INODE = 10_000;
}
