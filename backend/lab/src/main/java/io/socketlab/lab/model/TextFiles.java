package io.socketlab.lab.model;

import java.nio.charset.StandardCharsets;
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
 * @param binaries compiled programs and images that are no texts, by path
 */
public record TextFiles(String name, Map<String, String> texts, Map<String, byte[]> binaries)
        implements LabFiles {

    public TextFiles {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
        binaries = Collections.unmodifiableMap(new TreeMap<>(binaries));
    }

    /** Of texts alone. */
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
        return path.endsWith(WASM) ? Optional.ofNullable(binaries.get(path)) : Optional.empty();
    }

    @Override
    public Optional<byte[]> image(String path) {
        if (ImageType.of(path).isEmpty()) return Optional.empty();
        return Optional.ofNullable(binaries.get(path))
                .or(() -> read(path).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public List<String> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return Stream.concat(texts.keySet().stream(), binaries.keySet().stream())
                .filter(path -> path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0)
                .sorted()
                .toList();
    }
}
