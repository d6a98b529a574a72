package io.socketlab.sandbox.sysroot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What C programs are compiled against, and how: the same headers, library and flags for every
 * compiler, wherever it runs. See docs/c-programs.md.
 *
 * @param compile flags of a compilation
 * @param link flags of the linking
 * @param files by path: {@code include/errno.h}, {@code lib/libkernel.a}
 */
public record Sysroot(List<String> compile, List<String> link, Map<String, byte[]> files) {

    private static final List<String> LIBRARIES = List.of("lib/start.o", "lib/libkernel.a");

    public Sysroot {
        compile = List.copyOf(compile);
        link = List.copyOf(link);
        files = Map.copyOf(files);
    }

    /** The one that is built in. */
    public static Sysroot load() {
        List<String> flags = lines("flags").stream().filter(line -> !line.startsWith("#")).toList();
        Map<String, byte[]> files = new TreeMap<>();
        for (String header : lines("headers")) {
            files.put("include/" + header, read("include/" + header));
        }
        for (String library : LIBRARIES) files.put(library, read(library));
        return new Sysroot(
                flags.stream().filter(flag -> !isOfLinker(flag)).toList(),
                flags.stream().filter(Sysroot::isOfLinker).toList(),
                files);
    }

    private static boolean isOfLinker(String flag) {
        return flag.startsWith("-Wl,") || flag.equals("-nostartfiles");
    }

    private static List<String> lines(String name) {
        return new String(read(name), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] read(String name) {
        try (InputStream in = Sysroot.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the sysroot has no " + name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
