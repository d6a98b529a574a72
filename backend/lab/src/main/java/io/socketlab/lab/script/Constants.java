package io.socketlab.lab.script;

import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.SocketOption;
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
    REQUEST("a request of ioctl");

    /** fcntl(2). */
    static final int F_GETFL = 3;

    static final int F_SETFL = 4;

    static {
        DOMAIN.put("AF_INET", Syscall.Socket.AF_INET).put("PF_INET", Syscall.Socket.AF_INET);
        DOMAIN.put("AF_INET6", Syscall.Socket.AF_INET6).put("AF_UNIX", Syscall.Socket.AF_UNIX);
        SOCKET_TYPE.put("SOCK_STREAM", Syscall.Socket.SOCK_STREAM);
        SOCKET_TYPE
                .put("SOCK_DGRAM", Syscall.Socket.SOCK_DGRAM)
                .put("SOCK_RAW", Syscall.Socket.SOCK_RAW);
        SOCKET_TYPE.put("SOCK_NONBLOCK", Syscall.Socket.SOCK_NONBLOCK);
        SOCKET_TYPE.put("SOCK_CLOEXEC", Syscall.Socket.SOCK_CLOEXEC);
        PROTOCOL.put("IPPROTO_TCP", Syscall.Socket.IPPROTO_TCP)
                .put("IPPROTO_UDP", Syscall.Socket.IPPROTO_UDP);
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
        DIRECTION.put("SHUT_RD", Syscall.Shutdown.SHUT_RD).put("SHUT_WR", Syscall.Shutdown.SHUT_WR);
        DIRECTION.put("SHUT_RDWR", Syscall.Shutdown.SHUT_RDWR);
        LEVEL.put("SOL_SOCKET", 1)
                .put("IPPROTO_TCP", 6)
                .put("IPPROTO_IP", 0)
                .put("IPPROTO_UDP", 17);
        LEVEL.put("SOL_TCP", 6).put("SOL_IP", 0).put("SOL_UDP", 17);
        for (SocketOption option : SocketOption.values())
            OPTION.put(option.name(), option.number());
        OPTION_VALUE.put("IP_PMTUDISC_DONT", 0).put("IP_PMTUDISC_WANT", 1).put("IP_PMTUDISC_DO", 2);
        OPTION_VALUE.put("IP_PMTUDISC_PROBE", 3);
        EVENT.put("POLLIN", EventMask.IN)
                .put("POLLOUT", EventMask.OUT)
                .put("POLLERR", EventMask.ERR);
        EVENT.put("POLLHUP", EventMask.HUP)
                .put("POLLRDHUP", EventMask.RDHUP)
                .put("POLLPRI", EventMask.PRI);
        EVENT.put("POLLNVAL", EventMask.NVAL).put("POLLRDNORM", EventMask.RDNORM);
        EVENT.put("POLLRDBAND", EventMask.RDBAND).put("POLLWRNORM", EventMask.WRNORM);
        EVENT.put("POLLWRBAND", EventMask.WRBAND);
        FCNTL_COMMAND.put("F_GETFL", F_GETFL).put("F_SETFL", F_SETFL);
        STATUS_FLAG.put("O_RDWR", Syscall.Fcntl.O_RDWR).put("O_NONBLOCK", Syscall.Fcntl.O_NONBLOCK);
        REQUEST.put("FIONREAD", Syscall.Ioctl.FIONREAD).put("SIOCINQ", Syscall.Ioctl.FIONREAD);
        REQUEST.put("SIOCOUTQ", Syscall.Ioctl.SIOCOUTQ).put("TIOCOUTQ", Syscall.Ioctl.SIOCOUTQ);
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
    static OptionalLong anyValue(String name) {
        for (Constants kind : values()) {
            if (kind.values.containsKey(name)) return kind.value(name);
        }
        return OptionalLong.empty();
    }

    static List<String> allNames() {
        var names = new ArrayList<String>();
        for (Constants kind : values()) names.addAll(kind.values.keySet());
        return Collections.unmodifiableList(names);
    }
}
