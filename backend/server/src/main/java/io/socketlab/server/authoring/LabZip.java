package io.socketlab.server.authoring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A lab's folder as a zip, PKWARE's APPNOTE.TXT. What is read is checked against the directory at
 * its end before anything is unpacked, and no more is unpacked than a lab may have.
 */
final class LabZip {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int DIRECTORY_LENGTH = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int ZIP64 = 0xFFFF;

    /** Folders have entries of their own. */
    private static final int MOST_ENTRIES = 2 * FolderLimits.MOST_FILES;

    /** The same files make the same zip. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ByteBuffer zip;

    private LabZip(byte[] octets) {
        this.zip = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A file in the directory.
     *
     * @param offset of its local header
     */
    private record Entry(
            String name, int flags, int method, long crc, long packed, long size, int offset) {}

    // ---- writing

    /** A folder in a folder of the lab's name. */
    static byte[] write(String name, LabFolder folder) {
        var octets = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(octets, StandardCharsets.UTF_8)) {
            for (String path : folder.paths()) {
                var entry = new ZipEntry(name + "/" + path);
                entry.setTimeLocal(NO_TIME);
                out.putNextEntry(entry);
                out.write(folder.octets(path).orElseThrow());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    // ---- reading

    /**
     * What a zip holds, without the folder that all of it is in, if there is one.
     *
     * @throws io.socketlab.server.web.ProblemException if it is no zip of a lab's files
     */
    static LabFolder read(byte[] octets) {
        try {
            return LabFolder.of(new LabZip(octets).files());
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw DraftProblems.badZip("The zip is cut off or damaged.");
        }
    }

    private Map<String, byte[]> files() {
        List<Entry> entries = directory();
        String top = commonFolder(entries);
        var files = new TreeMap<String, byte[]>();
        long total = 0;
        for (Entry entry : entries) {
            String path = entry.name.substring(top.length());
            FolderLimits.checkPath(path);
            byte[] content = unpacked(entry);
            total += content.length;
            if (total > FolderLimits.LARGEST_FOLDER) {
                throw DraftProblems.badZip(
                        "Unpacked, the files have more than %,d octets, which is what a lab may have."
                                .formatted(FolderLimits.LARGEST_FOLDER));
            }
            if (files.put(path, content) != null) {
                throw DraftProblems.badZip("The zip has two files " + path + ".");
            }
        }
        return files;
    }

    /** {@code my-lab/} if every file is in it, else nothing. */
    private static String commonFolder(List<Entry> entries) {
        String first = entries.getFirst().name;
        int slash = first.indexOf('/');
        String top = slash < 0 ? "" : first.substring(0, slash + 1);
        boolean common = entries.stream().allMatch(e -> e.name.startsWith(top));
        boolean ofLab = FolderLimits.FOLDERS.contains(top.replace("/", ""));
        return common && !ofLab ? top : "";
    }

    private List<Entry> directory() {
        int end = end();
        int count = unsigned(end + 10);
        long start = zip.getInt(end + 16) & 0xFFFFFFFFL;
        if (count == ZIP64 || start >= zip.limit()) {
            throw DraftProblems.badZip("The zip is damaged, or a zip64, which no lab needs.");
        }
        if (count > MOST_ENTRIES) {
            throw DraftProblems.badZip(
                    "The zip has %,d entries; a lab has at most %d files."
                            .formatted(count, FolderLimits.MOST_FILES));
        }
        var entries = new ArrayList<Entry>();
        int at = (int) start;
        for (int i = 0; i < count; i++) {
            if (zip.getInt(at) != DIRECTORY_SIGNATURE) {
                throw DraftProblems.badZip("The zip's directory is damaged.");
            }
            int nameLength = unsigned(at + 28);
            Entry entry = entry(at, nameLength);
            if (!entry.name.endsWith("/")) entries.add(entry);
            at += DIRECTORY_LENGTH + nameLength + unsigned(at + 30) + unsigned(at + 32);
        }
        if (entries.isEmpty()) throw DraftProblems.badZip("The zip is empty.");
        return entries;
    }

    /** Where the record at the zip's end is: behind it there is at most a comment. */
    private int end() {
        int first = Math.max(0, zip.limit() - END_LENGTH - ZIP64);
        for (int at = zip.limit() - END_LENGTH; at >= first; at--) {
            boolean isEnd =
                    zip.getInt(at) == END_SIGNATURE
                            && at + END_LENGTH + unsigned(at + 20) == zip.limit();
            if (isEnd) return at;
        }
        throw DraftProblems.badZip("This is not a zip.");
    }

    private Entry entry(int at, int nameLength) {
        byte[] octets = new byte[nameLength];
        zip.get(at + DIRECTORY_LENGTH, octets);
        String name = new String(octets, StandardCharsets.UTF_8);
        checkName(name);
        boolean unix = unsigned(at + 4) >>> 8 == UNIX;
        int type = zip.getInt(at + 38) >>> 16 & FILE_TYPE;
        if (unix && type != 0 && type != REGULAR && !name.endsWith("/")) {
            throw DraftProblems.badZip(
                    "%s is a link or a device; a lab has files only.".formatted(name));
        }
        return new Entry(
                name,
                unsigned(at + 8),
                unsigned(at + 10),
                zip.getInt(at + 16) & 0xFFFFFFFFL,
                zip.getInt(at + 20) & 0xFFFFFFFFL,
                zip.getInt(at + 24) & 0xFFFFFFFFL,
                zip.getInt(at + 42));
    }

    private static void checkName(String name) {
        boolean leadsOut =
                name.startsWith("/")
                        || name.contains("\\")
                        || name.contains(":")
                        || List.of(name.split("/", -1)).contains("..");
        if (leadsOut) {
            throw DraftProblems.badZip(
                    "The path '%s' leads out of the lab's folder.".formatted(name));
        }
    }

    private byte[] unpacked(Entry entry) {
        if ((entry.flags & ENCRYPTED) != 0) {
            throw DraftProblems.badZip(entry.name + " is encrypted.");
        }
        FolderLimits.checkSize(entry.name, entry.size);
        int header = entry.offset;
        if (zip.getInt(header) != LOCAL_SIGNATURE) {
            throw DraftProblems.badZip(entry.name + " is not where the zip's directory says.");
        }
        int start = header + LOCAL_LENGTH + unsigned(header + 26) + unsigned(header + 28);
        byte[] packed = new byte[(int) Math.min(entry.packed, zip.limit())];
        zip.get(start, packed);
        byte[] content =
                switch (entry.method) {
                    case STORED -> packed;
                    case DEFLATED -> inflated(entry, packed);
                    default ->
                            throw DraftProblems.badZip(
                                    entry.name + " is packed in a way that is not usual.");
                };
        var crc = new CRC32();
        crc.update(content);
        if (content.length != entry.size || crc.getValue() != entry.crc) {
            throw DraftProblems.badZip(entry.name + " is damaged: its checksum is another.");
        }
        return content;
    }

    /** No more than the directory says, whatever the packed octets would make. */
    private static byte[] inflated(Entry entry, byte[] packed) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] content = new byte[(int) entry.size];
            int length = 0;
            while (length < content.length && !inflater.finished()) {
                int n = inflater.inflate(content, length, content.length - length);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) break;
                length += n;
            }
            boolean more = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
            if (length < content.length || more) {
                throw DraftProblems.badZip(
                        entry.name + " does not have the size that the zip's directory says.");
            }
            return content;
        } catch (DataFormatException e) {
            throw DraftProblems.badZip(entry.name + " is damaged and cannot be unpacked.");
        } finally {
            inflater.end();
        }
    }

    private int unsigned(int at) {
        return Short.toUnsignedInt(zip.getShort(at));
    }
}
