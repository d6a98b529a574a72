package io.socketlab.lab.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A lab's files that have been read.
 *
 * @param name of the folder
 * @param texts by path
 */
public record TextFiles(String name, Map<String, String> texts) implements LabFiles {

    public TextFiles {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    @Override
    public Optional<String> read(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    @Override
    public List<String> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        var found = new ArrayList<String>();
        for (String path : texts.keySet()) {
            if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) found.add(path);
        }
        return found;
    }
}
