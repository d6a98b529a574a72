package io.socketlab.lab.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lab's files in a folder of the file system. Nothing outside of the folder can be read, by links
 * neither.
 */
public record FolderFiles(Path folder) implements LabFiles {

    public FolderFiles {
        folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    @Override
    public Optional<String> read(String path) {
        Path file = folder.resolve(path).normalize();
        if (!isHere(file)) return Optional.empty();
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public Optional<byte[]> program(String name) {
        Path programs = folder.resolve(PROGRAMS);
        boolean isOpen = folder.resolve(name).normalize().startsWith(programs);
        return isOpen ? answer(name) : Optional.empty();
    }

    @Override
    public Optional<byte[]> answer(String name) {
        return name.endsWith(WASM) ? octets(name) : Optional.empty();
    }

    @Override
    public Optional<byte[]> image(String path) {
        return ImageType.of(path).isPresent() ? octets(path) : Optional.empty();
    }

    private Optional<byte[]> octets(String name) {
        Path file = folder.resolve(name).normalize();
        if (!isHere(file)) return Optional.empty();
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private boolean isHere(Path file) {
        try {
            return file.startsWith(folder)
                    && Files.isRegularFile(file)
                    && file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public List<String> list(String subfolder) {
        Path inner = folder.resolve(subfolder).normalize();
        if (!inner.startsWith(folder) || !Files.isDirectory(inner)) return List.of();
        try (Stream<Path> files = Files.list(inner)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + inner, e);
        }
    }
}
