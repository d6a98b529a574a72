package io.socketlab.lab.grade;

import io.socketlab.lab.model.LabFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A lab's files with some of them changed. */
record ChangedFiles(LabFiles original, Map<String, String> changes, String without)
        implements LabFiles {
    @Override
    public String name() {
        return original.name();
    }

    @Override
    public Optional<String> read(String path) {
        return Optional.ofNullable(changes.get(path)).or(() -> original.read(path));
    }

    @Override
    public List<String> list(String folder) {
        if (folder.equals(without)) return List.of();
        var paths = new TreeSet<>(original.list(folder));
        String start = folder.isEmpty() ? "" : folder + "/";
        changes.keySet().stream()
                .filter(p -> p.startsWith(start) && p.indexOf('/', start.length()) < 0)
                .forEach(paths::add);
        return List.copyOf(paths);
    }
}
