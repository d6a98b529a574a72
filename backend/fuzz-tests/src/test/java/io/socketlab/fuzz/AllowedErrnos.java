package io.socketlab.fuzz;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which errnos each call may fail with, by its man page: {@code allowed-errnos.txt}. A call that is
 * new to the kernel needs a line there.
 */
final class AllowedErrnos {

    private static final String TABLE = "allowed-errnos.txt";

    private final Map<String, Set<Errno>> byCall = new HashMap<>();

    private AllowedErrnos() {}

    static AllowedErrnos read() {
        var table = new AllowedErrnos();
        try (InputStream in = AllowedErrnos.class.getResourceAsStream(TABLE)) {
            if (in == null) throw new IllegalStateException("no " + TABLE);
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(table::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void add(String line) {
        String[] words = line.split("\\s+", -1);
        if (words.length < 2) throw new IllegalArgumentException("no source in: " + line);
        for (String call : words[0].split(",", -1)) {
            Set<Errno> allowed = byCall.computeIfAbsent(call, _ -> EnumSet.noneOf(Errno.class));
            for (String errno : List.of(words).subList(2, words.length)) {
                allowed.add(Errno.valueOf(errno));
            }
        }
    }

    boolean knows(String call) {
        return byCall.containsKey(call);
    }

    /** Whether the man page of {@code call} lets it fail so. */
    boolean allows(Syscall<?> call, Errno errno) {
        if (call instanceof Syscall.AtBadAddress<?>(Syscall<?> inner)) {
            return errno == Errno.EFAULT || allows(inner, errno);
        }
        if (call instanceof Syscall.Masked<?>(Syscall<?> inner, _)) return allows(inner, errno);
        String name = call.getClass().getSimpleName();
        if (!knows(name)) throw new IllegalStateException("no line for " + name + " in " + TABLE);
        return byCall.get(name).contains(errno);
    }
}
