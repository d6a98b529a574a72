package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.StringJoiner;

/** The symbols of the constants that calls take, and how their other arguments are written. */
final class Symbols {

    /** Octets of a buffer that are shown; as strace(1). */
    private static final int SHOWN = 32;

    /** Each octet as it stands in a C string. */
    private static final String[] QUOTED = quotedOctets();

    private Symbols() {}

    static String domain(int domain) {
        return switch (domain) {
            case Syscall.Socket.AF_INET -> "AF_INET";
            case Syscall.Socket.AF_INET6 -> "AF_INET6";
            case Syscall.Socket.AF_UNIX -> "AF_UNIX";
            default -> Integer.toString(domain);
        };
    }

    static String type(int type) {
        var symbols = new StringJoiner("|");
        int kind = type & 0xF;
        switch (kind) {
            case 0 -> {}
            case Syscall.Socket.SOCK_STREAM -> symbols.add("SOCK_STREAM");
            case Syscall.Socket.SOCK_DGRAM -> symbols.add("SOCK_DGRAM");
            case Syscall.Socket.SOCK_RAW -> symbols.add("SOCK_RAW");
            case Syscall.Socket.SOCK_SEQPACKET -> symbols.add("SOCK_SEQPACKET");
            default -> symbols.add(Integer.toString(kind));
        }
        int rest = type & ~0xF;
        rest = flag(symbols, rest, Syscall.Socket.SOCK_NONBLOCK, "SOCK_NONBLOCK");
        rest = flag(symbols, rest, Syscall.Socket.SOCK_CLOEXEC, "SOCK_CLOEXEC");
        return rest(symbols, rest);
    }

    /** The arguments of fcntl(2) with a command that takes or gives a number. */
    static String fcntl(Syscall.FcntlNumber call) {
        int argument = call.argument();
        return call.fd()
                + ", "
                + switch (call.command()) {
                    case Syscall.FcntlNumber.F_GETFD -> "F_GETFD";
                    case Syscall.FcntlNumber.F_SETFD ->
                            "F_SETFD, "
                                    + (argument == Syscall.FcntlNumber.FD_CLOEXEC
                                            ? "FD_CLOEXEC"
                                            : argument);
                    case Syscall.FcntlNumber.F_GETOWN -> "F_GETOWN";
                    case Syscall.FcntlNumber.F_SETOWN -> "F_SETOWN, " + argument;
                    case Syscall.FcntlNumber.F_GETSIG -> "F_GETSIG";
                    case Syscall.FcntlNumber.F_SETSIG -> "F_SETSIG, " + Signal.name(argument);
                    default -> call.command() + ", " + argument;
                };
    }

    static String protocol(int protocol) {
        return switch (protocol) {
            case Syscall.Socket.IPPROTO_TCP -> "IPPROTO_TCP";
            case Syscall.Socket.IPPROTO_UDP -> "IPPROTO_UDP";
            case Syscall.Socket.IPPROTO_ICMP -> "IPPROTO_ICMP";
            case Syscall.Socket.IPPROTO_ICMPV6 -> "IPPROTO_ICMPV6";
            default -> Integer.toString(protocol);
        };
    }

    static String messageFlags(int flags) {
        var symbols = new StringJoiner("|");
        int rest = flag(symbols, flags, MessageFlags.MSG_OOB, "MSG_OOB");
        rest = flag(symbols, rest, MessageFlags.MSG_PEEK, "MSG_PEEK");
        rest = flag(symbols, rest, MessageFlags.MSG_DONTROUTE, "MSG_DONTROUTE");
        rest = flag(symbols, rest, MessageFlags.MSG_TRUNC, "MSG_TRUNC");
        rest = flag(symbols, rest, MessageFlags.MSG_DONTWAIT, "MSG_DONTWAIT");
        rest = flag(symbols, rest, MessageFlags.MSG_EOR, "MSG_EOR");
        rest = flag(symbols, rest, MessageFlags.MSG_WAITALL, "MSG_WAITALL");
        rest = flag(symbols, rest, MessageFlags.MSG_NOSIGNAL, "MSG_NOSIGNAL");
        rest = flag(symbols, rest, MessageFlags.MSG_MORE, "MSG_MORE");
        rest = flag(symbols, rest, MessageFlags.MSG_WAITFORONE, "MSG_WAITFORONE");
        rest = flag(symbols, rest, MessageFlags.MSG_FASTOPEN, "MSG_FASTOPEN");
        rest = flag(symbols, rest, MessageFlags.MSG_CTRUNC, "MSG_CTRUNC");
        rest = flag(symbols, rest, MessageFlags.MSG_ERRQUEUE, "MSG_ERRQUEUE");
        rest = flag(symbols, rest, MessageFlags.MSG_ZEROCOPY, "MSG_ZEROCOPY");
        return rest(symbols, rest);
    }

    static String fileFlags(int flags) {
        var symbols = new StringJoiner("|");
        int rest = flag(symbols, flags, Syscall.Fcntl.O_RDWR, "O_RDWR");
        rest = flag(symbols, rest, Syscall.Fcntl.O_WRONLY, "O_WRONLY");
        rest = flag(symbols, rest, Syscall.Fcntl.O_CREAT, "O_CREAT");
        rest = flag(symbols, rest, Syscall.Fcntl.O_TRUNC, "O_TRUNC");
        rest = flag(symbols, rest, Syscall.Fcntl.O_CLOEXEC, "O_CLOEXEC");
        rest = flag(symbols, rest, Syscall.Fcntl.O_NONBLOCK, "O_NONBLOCK");
        return rest(symbols, rest);
    }

    /** What F_GETFL tells: the access mode always has a name. */
    static String statusFlags(int flags) {
        var symbols = new StringJoiner("|");
        int rest = flag(symbols, flags, Syscall.Fcntl.O_RDWR, "O_RDWR");
        rest = flag(symbols, rest, Syscall.Fcntl.O_WRONLY, "O_WRONLY");
        if (symbols.length() == 0) symbols.add("O_RDONLY");
        rest = flag(symbols, rest, Syscall.Fcntl.O_NONBLOCK, "O_NONBLOCK");
        rest = flag(symbols, rest, Syscall.Fcntl.O_ASYNC, "O_ASYNC");
        return rest == 0 ? symbols.toString() : rest(symbols, rest);
    }

    private static int flag(StringJoiner symbols, int flags, int bit, String symbol) {
        if ((flags & bit) == 0) return flags;
        symbols.add(symbol);
        return flags & ~bit;
    }

    private static String rest(StringJoiner symbols, int rest) {
        if (rest != 0 || symbols.length() == 0) {
            symbols.add(rest == 0 ? "0" : "0x" + Integer.toHexString(rest));
        }
        return symbols.toString();
    }

    static String shutdown(int how) {
        return switch (how) {
            case Syscall.Shutdown.SHUT_RD -> "SHUT_RD";
            case Syscall.Shutdown.SHUT_WR -> "SHUT_WR";
            case Syscall.Shutdown.SHUT_RDWR -> "SHUT_RDWR";
            default -> Integer.toString(how);
        };
    }

    static String ioctl(long request) {
        if (request == Syscall.Ioctl.FIONREAD) return "FIONREAD";
        if (request == Syscall.Ioctl.SIOCOUTQ) return "SIOCOUTQ";
        if (request == Syscall.Ioctl.SIOCOUTQNSD) return "SIOCOUTQNSD";
        if (request == Syscall.Ioctl.SIOCATMARK) return "SIOCATMARK";
        return "0x" + Long.toHexString(request);
    }

    static String option(SocketOption option) {
        return option.level().name() + ", " + option.name();
    }

    static String value(OptionValue value) {
        return value instanceof OptionValue.Int(int n) ? "[" + n + "]" : value.toString();
    }

    static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    /** Octets as a C string, cut off after {@value #SHOWN}. */
    static String quoted(byte[] octets) {
        int shown = Math.min(octets.length, SHOWN);
        var text = new StringBuilder(4 * shown + 5).append('"');
        for (int i = 0; i < shown; i++) text.append(QUOTED[octets[i] & 255]);
        return text.append(octets.length > SHOWN ? "\"..." : "\"").toString();
    }

    private static String[] quotedOctets() {
        var quoted = new String[256];
        for (int c = 0; c < quoted.length; c++) {
            quoted[c] =
                    switch (c) {
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        case 0 -> "\\0";
                        default ->
                                c >= 0x20 && c < 0x7F
                                        ? String.valueOf((char) c)
                                        : "\\x" + HexFormat.of().toHexDigits((byte) c);
                    };
        }
        return quoted;
    }
}
