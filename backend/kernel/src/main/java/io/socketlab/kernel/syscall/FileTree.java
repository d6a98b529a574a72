package io.socketlab.kernel.syscall;

import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of a host, by path: octets in memory, and the devices /dev/zero and /dev/null. */
public final class FileTree {

    /** Octets that all files together may have. */
    private static final int CAPACITY = 64 << 20;

    /** Of /dev/zero at once. */
    private static final int MOST_ZEROS = 16 << 20;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private long used;

    /** How many octets there is room for. */
    public long room() {
        return CAPACITY - used;
    }

    /**
     * Makes a file, or gives it new contents.
     *
     * @throws IllegalArgumentException if there is no {@link #room} for it
     */
    public void write(String path, byte[] contents) {
        put(path, contents.clone());
    }

    private void put(String path, byte[] contents) {
        byte[] before = files.get(path);
        long more = contents.length - (before == null ? 0L : before.length);
        if (more > room()) throw new IllegalArgumentException("no space left for " + path);
        files.put(path, contents);
        used += more;
    }

    public void delete(String path) {
        byte[] gone = files.remove(path);
        if (gone != null) used -= gone.length;
    }

    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    /** What an open(2) of {@code path} refers to; empty if there is no such file. */
    Optional<Octets> open(String path) {
        return switch (path) {
            case "/dev/zero" -> Optional.of(new Octets(this, path, true));
            case "/dev/null" -> Optional.of(new Octets(this, path, false));
            default ->
                    files.containsKey(path)
                            ? Optional.of(new Octets(this, path, false))
                            : Optional.empty();
        };
    }

    /** An open file that has an offset; always ready, as poll(2) says of files. */
    static final class Octets implements Pollable {

        private final FileTree tree;
        private final String path;
        private final boolean endless;
        private final WaitQueue waitQueue = new WaitQueue();
        private long offset;

        private Octets(FileTree tree, String path, boolean endless) {
            this.tree = tree;
            this.path = path;
            this.endless = endless;
        }

        long offset() {
            return offset;
        }

        /** From the offset to the end; a device has no end, and 0 remain. */
        long remaining() {
            if (endless) return 0;
            return Math.max(0, tree.files.getOrDefault(path, new byte[0]).length - offset);
        }

        /** Octets from {@code at} on, at most {@code count}; none at its end. */
        byte[] octets(long at, int count) {
            if (endless) return new byte[Math.min(count, MOST_ZEROS)];
            byte[] contents = tree.files.getOrDefault(path, new byte[0]);
            if (at >= contents.length) return new byte[0];
            int from = (int) at;
            return Arrays.copyOfRange(
                    contents, from, from + Math.min(count, contents.length - from));
        }

        void seek(long to) {
            offset = to;
        }

        /** Writes at the offset; the devices swallow it. Answers whether there was room. */
        boolean write(byte[] octets) {
            if (endless || path.startsWith("/dev/")) return true;
            byte[] contents = tree.files.getOrDefault(path, new byte[0]);
            long end = offset + octets.length;
            if (end - contents.length > tree.room()) return false;
            byte[] changed = Arrays.copyOf(contents, (int) Math.max(contents.length, end));
            System.arraycopy(octets, 0, changed, (int) offset, octets.length);
            tree.put(path, changed);
            offset = end;
            return true;
        }

        /** Only what never has to wait cannot be watched by epoll_ctl(2): EPERM. */
        @Override
        public int readiness() {
            return EventMask.IN | EventMask.OUT | EventMask.RDNORM | EventMask.WRNORM;
        }

        @Override
        public WaitQueue waitQueue() {
            return waitQueue;
        }
    }
}
