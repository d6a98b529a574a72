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

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Makes a file, or gives it new contents. */
    public void write(String path, byte[] contents) {
        files.put(path, contents.clone());
    }

    public void delete(String path) {
        files.remove(path);
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

        /** Octets from {@code at} on, at most {@code count}; none at its end. */
        byte[] octets(long at, int count) {
            if (endless) return new byte[count];
            byte[] contents = tree.files.getOrDefault(path, new byte[0]);
            if (at >= contents.length) return new byte[0];
            int from = (int) at;
            return Arrays.copyOfRange(contents, from, Math.min(from + count, contents.length));
        }

        void seek(long to) {
            offset = to;
        }

        /** Writes at the offset; the devices swallow it. */
        void write(byte[] octets) {
            if (endless || path.startsWith("/dev/")) return;
            byte[] contents = tree.files.getOrDefault(path, new byte[0]);
            int end = (int) offset + octets.length;
            byte[] changed = Arrays.copyOf(contents, Math.max(contents.length, end));
            System.arraycopy(octets, 0, changed, (int) offset, octets.length);
            tree.files.put(path, changed);
            offset = end;
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
