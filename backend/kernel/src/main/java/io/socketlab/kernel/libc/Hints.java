package io.socketlab.kernel.libc;

import io.socketlab.kernel.syscall.Syscall;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What getaddrinfo(3) is to look for.
 *
 * @param flags {@code AI_…}
 * @param family AF_INET, or 0 for any
 * @param socketType 0 for any
 * @param protocol 0 for any
 */
public record Hints(int flags, int family, int socketType, int protocol) {

    public static final int AI_PASSIVE = 0x1;
    public static final int AI_CANONNAME = 0x2;
    public static final int AI_NUMERICHOST = 0x4;
    public static final int AI_V4MAPPED = 0x8;
    public static final int AI_ALL = 0x10;
    public static final int AI_ADDRCONFIG = 0x20;
    public static final int AI_NUMERICSERV = 0x400;

    /** Those of glibc that have to do with names in other scripts, and do nothing here. */
    private static final int AI_IDN = 0x3C0;

    private static final int KNOWN =
            AI_PASSIVE
                    | AI_CANONNAME
                    | AI_NUMERICHOST
                    | AI_V4MAPPED
                    | AI_ALL
                    | AI_ADDRCONFIG
                    | AI_NUMERICSERV
                    | AI_IDN;

    /** What NULL stands for. */
    public static final Hints NONE = new Hints(AI_V4MAPPED | AI_ADDRCONFIG, 0, 0, 0);

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The flags by their names, with their values. */
    public static final Map<String, Integer> FLAGS = flagNames();

    private static Map<String, Integer> flagNames() {
        var names = new LinkedHashMap<String, Integer>();
        names.put("AI_PASSIVE", AI_PASSIVE);
        names.put("AI_CANONNAME", AI_CANONNAME);
        names.put("AI_NUMERICHOST", AI_NUMERICHOST);
        names.put("AI_V4MAPPED", AI_V4MAPPED);
        names.put("AI_ALL", AI_ALL);
        names.put("AI_ADDRCONFIG", AI_ADDRCONFIG);
        names.put("AI_NUMERICSERV", AI_NUMERICSERV);
        return Collections.unmodifiableMap(names);
    }

    boolean hasUnknownFlags() {
        return (flags & ~KNOWN) != 0;
    }

    /** As a script writes them: what is 0 is left out. */
    @Override
    public String toString() {
        var members = new StringJoiner(", ", "{", "}");
        if (flags != 0) members.add("ai_flags=" + flagsText());
        if (family != 0) members.add("ai_family=" + familyText());
        if (socketType != 0) members.add("ai_socktype=" + SocketKind.typeText(socketType));
        if (protocol != 0) members.add("ai_protocol=" + protocolText());
        return members.toString();
    }

    private String flagsText() {
        var symbols = new StringJoiner("|");
        int rest = flags;
        for (Map.Entry<String, Integer> flag : FLAGS.entrySet()) {
            if ((rest & flag.getValue()) == 0) continue;
            symbols.add(flag.getKey());
            rest &= ~flag.getValue();
        }
        if (rest != 0) symbols.add("0x" + Integer.toHexString(rest));
        return symbols.toString();
    }

    private String familyText() {
        return switch (family) {
            case Syscall.Socket.AF_INET -> "AF_INET";
            case Syscall.Socket.AF_INET6 -> "AF_INET6";
            default -> Integer.toString(family);
        };
    }

    private String protocolText() {
        return switch (protocol) {
            case Syscall.Socket.IPPROTO_TCP -> "IPPROTO_TCP";
            case Syscall.Socket.IPPROTO_UDP -> "IPPROTO_UDP";
            default -> Integer.toString(protocol);
        };
    }
}
