package io.socketlab.server.authoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What has become of a folder, file by file. */
final class FolderDiff {

    private FolderDiff() {}

    /** What has happened to a file. */
    enum What {
        ADDED,
        REMOVED,
        CHANGED;

        public String word() {
            return switch (this) {
                case ADDED -> "added";
                case REMOVED -> "removed";
                case CHANGED -> "changed";
            };
        }
    }

    /**
     * A file that differs.
     *
     * @param hunks the lines that do; none of a file that is no text
     */
    record Change(String path, What what, List<LineDiff.Hunk> hunks) {
        Change {
            hunks = List.copyOf(hunks);
        }

        /** How many lines it has more. */
        public long added() {
            return count(LineDiff.Kind.ADDED);
        }

        /** How many lines it has lost. */
        public long removed() {
            return count(LineDiff.Kind.REMOVED);
        }

        private long count(LineDiff.Kind kind) {
            return hunks.stream()
                    .flatMap(h -> h.lines().stream())
                    .filter(l -> l.kind() == kind)
                    .count();
        }
    }

    /** The files that differ, by path. */
    static List<Change> between(LabFolder before, LabFolder after) {
        var paths = new TreeSet<>(before.paths());
        paths.addAll(after.paths());
        var changes = new ArrayList<Change>();
        for (String path : paths) {
            Optional<byte[]> old = before.octets(path);
            Optional<byte[]> now = after.octets(path);
            if (old.isPresent() && now.isPresent() && Arrays.equals(old.get(), now.get())) continue;
            What what = old.isEmpty() ? What.ADDED : now.isEmpty() ? What.REMOVED : What.CHANGED;
            String oldText = before.text(path).orElse("");
            String newText = after.text(path).orElse("");
            changes.add(new Change(path, what, LineDiff.hunks(oldText, newText)));
        }
        return changes;
    }
}
