package io.socketlab.lab.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A lab's files that have been read.
 *
 * @param name of the folder
 * @param texts by path
 * @param programs the compiled ones, by path
 */
public record TextFiles(String name, Map<String, String> texts, Map<String, byte[]> programs)
        implements LabFiles {

    public TextFiles {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
        programs = Collections.unmodifiableMap(new TreeMap<>(programs));
    }

    /** Without compiled programs. */
    public TextFiles(String name, Map<String, String> texts) {
        this(name, texts, Map.of());
    }

    @Override
    public Optional<String> read(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    @Override
    public Optional<byte[]> program(String path) {
        return path.startsWith(PROGRAMS) ? answer(path) : Optional.empty();
    }

    @Override
    public Optional<byte[]> answer(String path) {
        return Optional.ofNullable(programs.get(path));
    }

    @Override
    public List<String> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return Stream.concat(texts.keySet().stream(), programs.keySet().stream())
                .filter(path -> path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0)
                .sorted()
                .toList();
    }
}
