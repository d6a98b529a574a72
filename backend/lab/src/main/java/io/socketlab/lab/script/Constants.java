package io.socketlab.lab.script;

import io.socketlab.kernel.libc.AddrInfoError;
import io.socketlab.kernel.libc.Hints;
import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.ControlKind;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The symbolic constants of the calls, by what they are for. Values are Linux's. */
public enum Constants {
    DOMAIN("a domain"),
    SOCKET_TYPE("a type of socket"),
    PROTOCOL("a protocol"),
    ACCEPT_FLAG("a flag of accept4"),
    MESSAGE_FLAG("a message flag"),
    DIRECTION("what to shut down"),
    LEVEL("an option's level"),
    OPTION("an option"),
    OPTION_VALUE("a value"),
    EVENT("an event"),
    FCNTL_COMMAND("a command of fcntl"),
    STATUS_FLAG("a file status flag"),
    REQUEST("a request of ioctl"),
    OPEN_FLAG("a flag of open"),
    SPLICE_FLAG("a flag of splice"),
    EPOLL_FLAG("a flag of epoll_create1"),
    EPOLL_OPERATION("what epoll_ctl is to do"),
    EPOLL_EVENT("an event"),
    KEVENT_FILTER("a filter"),
    KEVENT_FLAG("a flag of a kevent"),
    KEVENT_NOTE("a note to a filter"),
    TIMESTAMPING("what to stamp"),
    CONTROL_TYPE("a kind of control message"),
    EXTENDED_ERROR("a member of an extended error"),
    ADDRESS_FLAG("a flag of getaddrinfo"),
    NAME_ERROR("an error of getaddrinfo"),
    DESCRIPTOR_FLAG("a descriptor flag"),
    SIGNAL("a signal"),
    SIGNAL_HANDLER("what is to become of a signal"),
    SIGNAL_FLAG("a flag of sigaction"),
    MASK_CHANGE("what to do with a set of signals"),
    WAIT_OPTION("an option of waitpid"),
    RESOURCE("a resource");

    /** fcntl(2). */
    static final int F_GETFL = 3;

    static final int F_SETFL = 4;
    static final int F_DUPFD = 0;
    static final int F_DUPFD_CLOEXEC = 1030;

    static {
        DOMAIN.put("AF_INET", Syscall.Socket.AF_INET).put("PF_INET", Syscall.Socket.AF_INET);
        DOMAIN.put("AF_UNSPEC", 0);
        DOMAIN.put("PF_INET6", Syscall.Socket.AF_INET6);
        DOMAIN.put("AF_INET6", Syscall.Socket.AF_INET6).put("AF_UNIX", Syscall.Socket.AF_UNIX);
        SOCKET_TYPE.put("SOCK_STREAM", Syscall.Socket.SOCK_STREAM);
        SOCKET_TYPE
                .put("SOCK_DGRAM", Syscall.Socket.SOCK_DGRAM)
                .put("SOCK_RAW", Syscall.Socket.SOCK_RAW);
        SOCKET_TYPE.put("SOCK_NONBLOCK", Syscall.Socket.SOCK_NONBLOCK);
        SOCKET_TYPE.put("SOCK_CLOEXEC", Syscall.Socket.SOCK_CLOEXEC);
        PROTOCOL.put("IPPROTO_TCP", Syscall.Socket.IPPROTO_TCP)
                .put("IPPROTO_UDP", Syscall.Socket.IPPROTO_UDP)
                .put("IPPROTO_ICMP", Syscall.Socket.IPPROTO_ICMP)
                .put("IPPROTO_ICMPV6", Syscall.Socket.IPPROTO_ICMPV6);
        PROTOCOL.put("IPPROTO_IP", 0);
        ACCEPT_FLAG.put("SOCK_NONBLOCK", Syscall.Socket.SOCK_NONBLOCK);
        ACCEPT_FLAG.put("SOCK_CLOEXEC", Syscall.Socket.SOCK_CLOEXEC);
        MESSAGE_FLAG
                .put("MSG_DONTWAIT", MessageFlags.MSG_DONTWAIT)
                .put("MSG_PEEK", MessageFlags.MSG_PEEK);
        MESSAGE_FLAG
                .put("MSG_TRUNC", MessageFlags.MSG_TRUNC)
                .put("MSG_WAITALL", MessageFlags.MSG_WAITALL);
        MESSAGE_FLAG
                .put("MSG_NOSIGNAL", MessageFlags.MSG_NOSIGNAL)
                .put("MSG_MORE", MessageFlags.MSG_MORE)
                .put("MSG_FASTOPEN", MessageFlags.MSG_FASTOPEN);
        MESSAGE_FLAG.put("MSG_OOB", MessageFlags.MSG_OOB).put("MSG_EOR", MessageFlags.MSG_EOR);
        MESSAGE_FLAG.put("MSG_DONTROUTE", MessageFlags.MSG_DONTROUTE);
        MESSAGE_FLAG
                .put("MSG_ERRQUEUE", MessageFlags.MSG_ERRQUEUE)
                .put("MSG_WAITFORONE", MessageFlags.MSG_WAITFORONE)
                .put("MSG_ZEROCOPY", MessageFlags.MSG_ZEROCOPY)
                .put("MSG_CTRUNC", MessageFlags.MSG_CTRUNC);
        MESSAGE_FLAG
                .put("MSG_CONFIRM", MessageFlags.MSG_CONFIRM)
                .put("MSG_PROXY", MessageFlags.MSG_PROXY)
                .put("MSG_FIN", MessageFlags.MSG_FIN)
                .put("MSG_SYN", MessageFlags.MSG_SYN)
                .put("MSG_RST", MessageFlags.MSG_RST);
        DIRECTION.put("SHUT_RD", Syscall.Shutdown.SHUT_RD).put("SHUT_WR", Syscall.Shutdown.SHUT_WR);
        DIRECTION.put("SHUT_RDWR", Syscall.Shutdown.SHUT_RDWR);
        LEVEL.put("SOL_SOCKET", 1)
                .put("IPPROTO_TCP", 6)
                .put("IPPROTO_IP", 0)
                .put("IPPROTO_UDP", 17);
        LEVEL.put("IPPROTO_IPV6", 41).put("SOL_IPV6", 41);
        LEVEL.put("SOL_TCP", 6).put("SOL_IP", 0).put("SOL_UDP", 17);
        for (SocketOption option : SocketOption.values())
            OPTION.put(option.name(), option.number());
        OPTION_VALUE.put("IP_PMTUDISC_DONT", 0).put("IP_PMTUDISC_WANT", 1).put("IP_PMTUDISC_DO", 2);
        OPTION_VALUE
                .put("IP_PMTUDISC_PROBE", 3)
                .put("IP_PMTUDISC_INTERFACE", 4)
                .put("IP_PMTUDISC_OMIT", 5);
        String[] discovery = {"DONT", "WANT", "DO", "PROBE", "INTERFACE", "OMIT"};
        for (int i = 0; i < discovery.length; i++) {
            OPTION_VALUE.put("IPV6_PMTUDISC_" + discovery[i], i);
        }
        EVENT.put("POLLIN", EventMask.IN)
                .put("POLLOUT", EventMask.OUT)
                .put("POLLERR", EventMask.ERR);
        EVENT.put("POLLHUP", EventMask.HUP)
                .put("POLLRDHUP", EventMask.RDHUP)
                .put("POLLPRI", EventMask.PRI);
        EVENT.put("POLLNVAL", EventMask.NVAL).put("POLLRDNORM", EventMask.RDNORM);
        EVENT.put("POLLRDBAND", EventMask.RDBAND).put("POLLWRNORM", EventMask.WRNORM);
        EVENT.put("POLLWRBAND", EventMask.WRBAND);
        FCNTL_COMMAND.put("F_GETFL", F_GETFL).put("F_SETFL", F_SETFL).put("F_DUPFD", F_DUPFD);
        FCNTL_COMMAND
                .put("F_DUPFD_CLOEXEC", F_DUPFD_CLOEXEC)
                .put("F_GETFD", Syscall.FcntlNumber.F_GETFD)
                .put("F_SETFD", Syscall.FcntlNumber.F_SETFD)
                .put("F_GETOWN", Syscall.FcntlNumber.F_GETOWN)
                .put("F_SETOWN", Syscall.FcntlNumber.F_SETOWN)
                .put("F_GETSIG", Syscall.FcntlNumber.F_GETSIG)
                .put("F_SETSIG", Syscall.FcntlNumber.F_SETSIG);
        DESCRIPTOR_FLAG.put("FD_CLOEXEC", Syscall.FcntlNumber.FD_CLOEXEC);
        STATUS_FLAG.put("O_RDWR", Syscall.Fcntl.O_RDWR).put("O_NONBLOCK", Syscall.Fcntl.O_NONBLOCK);
        STATUS_FLAG.put("O_ASYNC", Syscall.Fcntl.O_ASYNC).put("FASYNC", Syscall.Fcntl.O_ASYNC);
        REQUEST.put("FIONREAD", Syscall.Ioctl.FIONREAD).put("SIOCINQ", Syscall.Ioctl.FIONREAD);
        REQUEST.put("SIOCOUTQ", Syscall.Ioctl.SIOCOUTQ).put("TIOCOUTQ", Syscall.Ioctl.SIOCOUTQ);
        REQUEST.put("SIOCOUTQNSD", Syscall.Ioctl.SIOCOUTQNSD);
        REQUEST.put("SIOCATMARK", Syscall.Ioctl.SIOCATMARK);
        Hints.FLAGS.forEach(ADDRESS_FLAG::put);
        for (AddrInfoError error : AddrInfoError.values()) {
            NAME_ERROR.put(error.name(), error.number());
        }
        files();
        epoll();
        kqueue();
        messages();
        processes();
    }

    private static void files() {
        OPEN_FLAG
                .put("O_RDONLY", Syscall.Fcntl.O_RDONLY)
                .put("O_WRONLY", Syscall.Fcntl.O_WRONLY)
                .put("O_RDWR", Syscall.Fcntl.O_RDWR)
                .put("O_CREAT", Syscall.Fcntl.O_CREAT)
                .put("O_TRUNC", Syscall.Fcntl.O_TRUNC)
                .put("O_NONBLOCK", Syscall.Fcntl.O_NONBLOCK)
                .put("O_CLOEXEC", Syscall.Fcntl.O_CLOEXEC);
        SPLICE_FLAG
                .put("SPLICE_F_NONBLOCK", Syscall.Splice.SPLICE_F_NONBLOCK)
                .put("SPLICE_F_MORE", Syscall.Splice.SPLICE_F_MORE)
                .put("SPLICE_F_MOVE", Syscall.Splice.SPLICE_F_MOVE);
    }

    private static void epoll() {
        EPOLL_FLAG.put("EPOLL_CLOEXEC", Syscall.Fcntl.O_CLOEXEC);
        EPOLL_OPERATION
                .put("EPOLL_CTL_ADD", Syscall.EpollCtl.EPOLL_CTL_ADD)
                .put("EPOLL_CTL_MOD", Syscall.EpollCtl.EPOLL_CTL_MOD)
                .put("EPOLL_CTL_DEL", Syscall.EpollCtl.EPOLL_CTL_DEL);
        EVENT.values.forEach((name, value) -> EPOLL_EVENT.put("E" + name, value));
        EPOLL_EVENT.values.remove("EPOLLNVAL");
        EPOLL_EVENT
                .put("EPOLLET", Integer.toUnsignedLong(EventMask.ET))
                .put("EPOLLONESHOT", EventMask.ONESHOT)
                .put("EPOLLEXCLUSIVE", EventMask.EXCLUSIVE)
                .put("EPOLLWAKEUP", EventMask.WAKEUP);
    }

    private static void kqueue() {
        KEVENT_FILTER
                .put("EVFILT_READ", Kevent.EVFILT_READ)
                .put("EVFILT_WRITE", Kevent.EVFILT_WRITE)
                .put("EVFILT_TIMER", Kevent.EVFILT_TIMER)
                .put("EVFILT_USER", Kevent.EVFILT_USER)
                .put("EVFILT_VNODE", Kevent.EVFILT_VNODE)
                .put("EVFILT_PROC", Kevent.EVFILT_PROC)
                .put("EVFILT_SIGNAL", Kevent.EVFILT_SIGNAL)
                .put("EVFILT_AIO", Kevent.EVFILT_AIO);
        KEVENT_FLAG
                .put("EV_ADD", Kevent.EV_ADD)
                .put("EV_DELETE", Kevent.EV_DELETE)
                .put("EV_ENABLE", Kevent.EV_ENABLE)
                .put("EV_DISABLE", Kevent.EV_DISABLE)
                .put("EV_ONESHOT", Kevent.EV_ONESHOT)
                .put("EV_CLEAR", Kevent.EV_CLEAR)
                .put("EV_DISPATCH", Kevent.EV_DISPATCH)
                .put("EV_RECEIPT", Kevent.EV_RECEIPT)
                .put("EV_EOF", Kevent.EV_EOF)
                .put("EV_ERROR", Kevent.EV_ERROR);
        KEVENT_NOTE
                .put("NOTE_LOWAT", Kevent.NOTE_LOWAT)
                .put("NOTE_SECONDS", Kevent.NOTE_SECONDS)
                .put("NOTE_MSECONDS", Kevent.NOTE_MSECONDS)
                .put("NOTE_USECONDS", Kevent.NOTE_USECONDS)
                .put("NOTE_NSECONDS", Kevent.NOTE_NSECONDS)
                .put("NOTE_ABSTIME", Kevent.NOTE_ABSTIME)
                .put("NOTE_TRIGGER", Kevent.NOTE_TRIGGER)
                .put("NOTE_FFNOP", Kevent.NOTE_FFNOP)
                .put("NOTE_FFAND", Integer.toUnsignedLong(Kevent.NOTE_FFAND))
                .put("NOTE_FFOR", Integer.toUnsignedLong(Kevent.NOTE_FFOR))
                .put("NOTE_FFCOPY", Integer.toUnsignedLong(Kevent.NOTE_FFCOPY));
    }

    private static void processes() {
        for (Signal signal : Signal.values()) SIGNAL.put(signal.name(), signal.number());
        SIGNAL_HANDLER.put("SIG_IGN", 1).put("SIG_DFL", 0);
        SIGNAL_FLAG
                .put("SA_RESTART", SignalAction.SA_RESTART)
                .put("SA_RESETHAND", Integer.toUnsignedLong(SignalAction.SA_RESETHAND))
                .put("SA_NOCLDWAIT", SignalAction.SA_NOCLDWAIT)
                .put("SA_NOCLDSTOP", SignalAction.SA_NOCLDSTOP)
                .put("SA_SIGINFO", SignalAction.SA_SIGINFO)
                .put("SA_NODEFER", SignalAction.SA_NODEFER);
        MASK_CHANGE
                .put("SIG_BLOCK", Syscall.SigProcMask.SIG_BLOCK)
                .put("SIG_UNBLOCK", Syscall.SigProcMask.SIG_UNBLOCK)
                .put("SIG_SETMASK", Syscall.SigProcMask.SIG_SETMASK);
        WAIT_OPTION
                .put("WNOHANG", Syscall.WaitPid.WNOHANG)
                .put("WUNTRACED", Syscall.WaitPid.WUNTRACED)
                .put("WCONTINUED", Syscall.WaitPid.WCONTINUED);
        RESOURCE.put("RLIMIT_NOFILE", 7);
    }

    private static void messages() {
        String[] stamps = {
            "TX_HARDWARE",
            "TX_SOFTWARE",
            "RX_HARDWARE",
            "RX_SOFTWARE",
            "SOFTWARE",
            "SYS_HARDWARE",
            "RAW_HARDWARE",
            "OPT_ID",
            "TX_SCHED",
            "TX_ACK",
            "OPT_CMSG",
            "OPT_TSONLY",
            "OPT_STATS",
            "OPT_PKTINFO",
            "OPT_TX_SWHW",
            "BIND_PHC",
            "OPT_ID_TCP"
        };
        for (int bit = 0; bit < stamps.length; bit++) {
            TIMESTAMPING.put("SOF_TIMESTAMPING_" + stamps[bit], 1L << bit);
        }
        for (ControlKind kind : ControlKind.values()) CONTROL_TYPE.put(kind.name(), kind.type());
        CONTROL_TYPE
                .put("TCP_INQ", ControlKind.TCP_CM_INQ.type())
                .put("SO_TIMESTAMP", ControlKind.SCM_TIMESTAMP.type())
                .put("SO_TIMESTAMPNS", ControlKind.SCM_TIMESTAMPNS.type())
                .put("SO_TIMESTAMPING", ControlKind.SCM_TIMESTAMPING.type());
        EXTENDED_ERROR
                .put("SO_EE_ORIGIN_NONE", ExtendedError.SO_EE_ORIGIN_NONE)
                .put("SO_EE_ORIGIN_LOCAL", ExtendedError.SO_EE_ORIGIN_LOCAL)
                .put("SO_EE_ORIGIN_ICMP", ExtendedError.SO_EE_ORIGIN_ICMP)
                .put("SO_EE_ORIGIN_ICMP6", ExtendedError.SO_EE_ORIGIN_ICMP6)
                .put("SO_EE_ORIGIN_TIMESTAMPING", ExtendedError.SO_EE_ORIGIN_TIMESTAMPING)
                .put("SO_EE_ORIGIN_ZEROCOPY", ExtendedError.SO_EE_ORIGIN_ZEROCOPY)
                .put("SO_EE_CODE_ZEROCOPY_COPIED", ExtendedError.SO_EE_CODE_ZEROCOPY_COPIED)
                .put("SCM_TSTAMP_SND", ExtendedError.SCM_TSTAMP_SND)
                .put("SCM_TSTAMP_SCHED", ExtendedError.SCM_TSTAMP_SCHED)
                .put("SCM_TSTAMP_ACK", ExtendedError.SCM_TSTAMP_ACK);
        for (Errno errno : Errno.ofPrograms()) EXTENDED_ERROR.put(errno.name(), errno.number());
    }

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, above, while the class is initialised
    private final Map<String, Long> values = new LinkedHashMap<>();

    Constants(String description) {
        this.description = description;
    }

    private Constants put(String name, long value) {
        values.put(name, value);
        return this;
    }

    /** For a message, after "expected". */
    String description() {
        return description;
    }

    /** In the order in which to offer them. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    OptionalLong value(String name) {
        Long value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The value of a name of any kind: what a result such as {@code = O_RDWR} says. */
    public static OptionalLong anyValue(String name) {
        for (Constants kind : values()) {
            if (kind.values.containsKey(name)) return kind.value(name);
        }
        return OptionalLong.empty();
    }

    /** Every name, of whatever kind. */
    public static List<String> allNames() {
        var names = new ArrayList<String>();
        for (Constants kind : values()) names.addAll(kind.values.keySet());
        return Collections.unmodifiableList(names);
    }
}
