package io.socketlab.lab.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
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
        if (!isPath(path)) return Optional.empty();
        Path file = folder.resolve(path).normalize();
        if (!isHere(file)) return Optional.empty();
        try {
            return Optional.of(text(path, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * @throws LabException where it is no UTF-8
     */
    private String text(String path, byte[] octets) {
        CharBuffer text = CharBuffer.allocate(octets.length);
        var in = ByteBuffer.wrap(octets);
        CoderResult result = UTF_8.newDecoder().decode(in, text, true);
        text.flip();
        if (!result.isError()) return text.toString();
        String before = text.toString();
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        String message =
                "expected UTF-8, found the octet 0x%02x".formatted(octets[in.position()] & 0xff);
        throw new LabException(
                List.of(new LabException.Problem(name() + "/" + path, line, column, message)));
    }

    @Override
    public Optional<byte[]> program(String name) {
        if (!isPath(name)) return Optional.empty();
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
        if (!isPath(name)) return Optional.empty();
        Path file = folder.resolve(name).normalize();
        if (!isHere(file)) return Optional.empty();
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static boolean isPath(String text) {
        return text.indexOf('\0') < 0;
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
        if (!isPath(subfolder)) return List.of();
        Path inner = folder.resolve(subfolder).normalize();
        if (!inner.startsWith(folder) || !Files.isDirectory(inner)) return List.of();
        try (Stream<Path> files = Files.list(inner)) {
            return files.filter(this::isHere)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + inner, e);
        }
    }
}
