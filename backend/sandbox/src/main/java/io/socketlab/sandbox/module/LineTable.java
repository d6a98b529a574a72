package io.socketlab.sandbox.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which line of which source an instruction was made of: the line table that a compiler leaves in
 * {@code .debug_line}. DWARF 4 §6.2 and DWARF 5 §6.2. Only the program's own sources are in it.
 */
final class LineTable {

    /** How many lines a file can have: a place is the file's number times this, and the line. */
    static final int LINES = 100_000;

    private static final int MOST_FILES = 200;
    private static final int SPECIAL = 255;

    /** What DWARF calls forms: how a directory or a file is written. */
    private static final int STRING = 0x08;

    private static final int LINE_STRP = 0x1F;
    private static final int STRP = 0x0E;
    private static final int DATA1 = 0x0B;
    private static final int DATA2 = 0x05;
    private static final int UDATA = 0x0F;
    private static final int DATA16 = 0x1E;

    private static final int CONTENT_PATH = 1;
    private static final int CONTENT_DIRECTORY = 2;

    private final List<String> files = new ArrayList<>();
    private final TreeMap<Integer, Integer> placeAt = new TreeMap<>();

    /** A source as a unit names it: its number here, -1 for one that is not the program's. */
    private record Named(String name, int directory) {}

    /** What a unit's program works on. */
    private static final class Row {
        private int address;
        private int file = 1;
        private int line = 1;

        /** Code that the linker has left out stays in the table at address 0. */
        private boolean dropped;
    }

    static final LineTable NONE = new LineTable();

    /**
     * @param lines the section, positioned at its beginning
     * @param lineStrings {@code .debug_line_str}, empty if there is none
     * @param strings {@code .debug_str}, likewise
     */
    static LineTable of(Octets lines, Octets lineStrings, Octets strings) {
        var table = new LineTable();
        while (lines.hasMore()) table.unit(lines, lineStrings, strings);
        return table;
    }

    /** The program's sources, by their numbers. */
    List<String> files() {
        return files;
    }

    /**
     * The place that an instruction comes from: file times {@link #LINES} plus line; 0 if from none
     * of the program's sources.
     *
     * @param address of the instruction in the code section
     * @param function where its function begins there
     */
    int place(int address, int function) {
        Map.Entry<Integer, Integer> row = placeAt.floorEntry(address);
        return row == null || row.getKey() < function ? 0 : row.getValue();
    }

    private void unit(Octets in, Octets lineStrings, Octets strings) {
        int length = in.int32();
        int end = in.at() + length;
        if (length < 0 || end > in.end()) throw new ModuleException("expected a whole line table");
        int version = in.int16();
        if (version < 2 || version > 5) {
            in.moveTo(end); // of a later standard: the program runs without lines
            return;
        }
        if (version == 5) in.skip(2);
        int headerLength = in.int32();
        int program = in.at() + headerLength;
        int minimum = in.octet();
        if (version >= 4) in.octet();
        in.octet();
        int lineBase = (byte) in.octet();
        int lineRange = Math.max(1, in.octet());
        int opcodeBase = Math.max(1, in.octet());
        int[] operands = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) operands[i] = in.octet();
        int[] own = own(version < 5 ? files(in) : files5(in, lineStrings, strings));
        in.moveTo(program);
        var row = new Row();
        while (in.at() < end) {
            int opcode = in.octet();
            if (opcode >= opcodeBase) {
                int special = opcode - opcodeBase;
                row.address += special / lineRange * minimum;
                row.line += lineBase + special % lineRange;
                add(row, own);
            } else {
                step(in, opcode, row, own, operands, new int[] {minimum, lineRange, opcodeBase});
            }
        }
        in.moveTo(end);
    }

    private void step(Octets in, int opcode, Row row, int[] own, int[] operands, int[] header) {
        switch (opcode) {
            case 0 -> extended(in, row);
            case 1 -> add(row, own);
            case 2 -> row.address += (int) in.unsignedLeb() * header[0];
            case 3 -> row.line += (int) in.signedLeb();
            case 4 -> row.file = (int) in.unsignedLeb();
            case 5, 12 -> in.skipLeb();
            case 6, 7, 10, 11 -> {}
            case 8 -> row.address += (SPECIAL - header[2]) / header[1] * header[0];
            case 9 -> row.address += in.int16();
            default -> {
                for (int i = 0; i < operands[opcode]; i++) in.skipLeb();
            }
        }
    }

    private void extended(Octets in, Row row) {
        int length = in.number(in.end(), "the length of an opcode");
        int next = in.at() + length;
        int opcode = length == 0 ? 0 : in.octet();
        if (opcode == 1) {
            if (!row.dropped) placeAt.put(row.address, 0);
            row.address = 0;
            row.file = 1;
            row.line = 1;
            row.dropped = false;
        } else if (opcode == 2) {
            row.address = in.int32();
            row.dropped = row.address <= 0;
        }
        in.moveTo(next);
    }

    private void add(Row row, int[] own) {
        if (row.dropped || row.file < 0 || row.file >= own.length) return;
        boolean known = own[row.file] >= 0 && row.line > 0 && row.line < LINES;
        placeAt.put(row.address, known ? own[row.file] * LINES + row.line : 0);
    }

    /** The program's sources have no directory, or are in the one where it was compiled. */
    private int[] own(List<Named> named) {
        int[] own = new int[named.size()];
        for (int i = 0; i < own.length; i++) {
            String name = named.get(i).name();
            boolean isOwn =
                    named.get(i).directory() == 0 && name.endsWith(".c") && !name.startsWith("/");
            own[i] = isOwn ? number(name) : -1;
        }
        return own;
    }

    private int number(String file) {
        int known = files.indexOf(file);
        if (known >= 0 || files.size() >= MOST_FILES) return known;
        files.add(file);
        return files.size() - 1;
    }

    private static List<Named> files(Octets in) {
        while (!in.text().isEmpty()) {} // directories
        var files = new ArrayList<Named>();
        files.add(new Named("", -1)); // they are counted from 1
        for (String name = in.text(); !name.isEmpty(); name = in.text()) {
            files.add(new Named(name, (int) in.unsignedLeb()));
            in.skipLeb();
            in.skipLeb();
        }
        return files;
    }

    private static List<Named> files5(Octets in, Octets lineStrings, Octets strings) {
        entries(in, lineStrings, strings);
        return entries(in, lineStrings, strings);
    }

    private static List<Named> entries(Octets in, Octets lineStrings, Octets strings) {
        int formats = in.octet();
        int[][] format = new int[formats][2];
        for (int[] pair : format) {
            pair[0] = in.number(Integer.MAX_VALUE, "a content type");
            pair[1] = in.number(Integer.MAX_VALUE, "a form");
        }
        int count = in.count("files of a line table");
        var entries = new ArrayList<Named>();
        for (int i = 0; i < count; i++) {
            String name = "";
            int directory = -1;
            for (int[] pair : format) {
                Object value = value(in, pair[1], lineStrings, strings);
                if (pair[0] == CONTENT_PATH && value instanceof String s) name = s;
                if (pair[0] == CONTENT_DIRECTORY && value instanceof Integer n) directory = n;
            }
            entries.add(new Named(name, directory));
        }
        return entries;
    }

    private static Object value(Octets in, int form, Octets lineStrings, Octets strings) {
        return switch (form) {
            case STRING -> in.text();
            case LINE_STRP -> textAt(lineStrings, in.int32());
            case STRP -> textAt(strings, in.int32());
            case DATA1 -> in.octet();
            case DATA2 -> in.int16();
            case UDATA -> (int) in.unsignedLeb();
            case DATA16 -> {
                in.skip(16);
                yield 0;
            }
            default ->
                    throw new ModuleException(
                            "expected a known form in the line table, found " + form);
        };
    }

    private static String textAt(Octets strings, int offset) {
        return strings.hasMore() ? strings.from(offset).text() : "";
    }
}
