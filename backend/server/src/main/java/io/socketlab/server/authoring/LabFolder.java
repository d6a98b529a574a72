package io.socketlab.server.authoring;

import io.socketlab.lab.model.ImageType;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a lab, as in a folder of {@code labs/}. One that exists keeps to the limits. */
final class LabFolder {

    private static final Pattern ID = Pattern.compile("(?m)^id:[ \\t]*([a-z][a-z0-9-]{0,60})\\b");
    private static final Pattern REVISION = Pattern.compile("(?m)^revision:[ \\t]*[0-9]+");

    private final SortedMap<String, byte[]> files;

    private LabFolder(SortedMap<String, byte[]> files) {
        this.files = files;
    }

    /**
     * @param files octets by path
     * @throws io.socketlab.server.web.ProblemException if a path or a size is not one of a lab's
     */
    static LabFolder of(Map<String, byte[]> files) {
        var sorted = new TreeMap<>(files);
        FolderLimits.check(sorted);
        return new LabFolder(sorted);
    }

    /** The same of texts. */
    static LabFolder ofTexts(Map<String, String> texts) {
        var files = new TreeMap<String, byte[]>();
        texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return of(files);
    }

    /** All that a lab has in its folders. */
    static LabFolder copyOf(LabFiles lab) {
        var files = new TreeMap<String, byte[]>();
        for (String folder : FolderLimits.FOLDERS) {
            for (String path : lab.list(folder)) {
                octets(lab, path).ifPresent(octets -> files.put(path, octets));
            }
        }
        return of(files);
    }

    private static Optional<byte[]> octets(LabFiles lab, String path) {
        if (path.endsWith(LabFiles.WASM)) return lab.answer(path);
        if (ImageType.of(path).isPresent()) return lab.image(path);
        return lab.read(path).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** In alphabetical order. */
    List<String> paths() {
        return List.copyOf(files.keySet());
    }

    Optional<byte[]> octets(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    /** A file's text; empty if there is no such file or it is none of UTF-8. */
    Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path)).flatMap(LabFolder::decode);
    }

    /** What octets say in UTF-8; empty if they are no text. */
    static Optional<String> decode(byte[] octets) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    LabFolder with(String path, String text) {
        var more = new TreeMap<>(files);
        more.put(path, text.getBytes(StandardCharsets.UTF_8));
        return of(more);
    }

    /** The id that lab.yaml has, where it can be one. */
    Optional<String> id() {
        return text(LabReader.FILE)
                .map(ID::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .filter(LabReader::isId);
    }

    /** With another id in lab.yaml. */
    LabFolder withId(String id) {
        return withLine(ID, "id: " + id);
    }

    /** With this number in lab.yaml, which is what it will be published as. */
    LabFolder withRevision(int number) {
        return withLine(REVISION, "revision: " + number);
    }

    private LabFolder withLine(Pattern line, String replacement) {
        Optional<String> yaml = text(LabReader.FILE);
        if (yaml.isEmpty()) return this;
        return with(LabReader.FILE, line.matcher(yaml.get()).replaceFirst(replacement));
    }

    /**
     * SHA-256 over paths and octets, in hexadecimal: the same for the same files, and no others.
     */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, octets) -> {
                byte[] name = path.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(8).putInt(name.length).putInt(octets.length).flip());
                digest.update(name);
                digest.update(octets);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As the lab loader reads them, in a folder of this name. */
    LabFiles named(String name) {
        return new Named(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabFolder folder
                && files.keySet().equals(folder.files.keySet())
                && files.entrySet().stream()
                        .allMatch(e -> Arrays.equals(e.getValue(), folder.files.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    private final class Named implements LabFiles {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> read(String path) {
            return text(path);
        }

        @Override
        public Optional<byte[]> program(String path) {
            return path.startsWith(PROGRAMS) ? answer(path) : Optional.empty();
        }

        @Override
        public Optional<byte[]> answer(String path) {
            return path.endsWith(WASM) ? octets(path) : Optional.empty();
        }

        @Override
        public Optional<byte[]> image(String path) {
            return ImageType.of(path).isPresent() ? octets(path) : Optional.empty();
        }

        @Override
        public List<String> list(String folder) {
            String prefix = folder.isEmpty() ? "" : folder + "/";
            return files.keySet().stream()
                    .filter(path -> path.startsWith(prefix))
                    .filter(path -> path.indexOf('/', prefix.length()) < 0)
                    .toList();
        }
    }
}
