package io.socketlab.sandbox.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets a module in or refuses it. Whoever sends one may have made it by hand: it imports nothing
 * but calls of the kernel with just their types, has one memory and no more of it than a program
 * gets, and begins where it is told to. What is let in comes out with its bounds built in ({@link
 * Instrumenter}); whether it is valid otherwise the engine says.
 */
final class ModuleLoader {

    /** Octets of a module. */
    static final int LARGEST = 1 << 20;

    /**
     * Octets of a module with its bounds built in. Of C this is less than twice what came; an
     * engine makes up to a hundred octets of objects of each, so one of nothing but loops is not
     * let in.
     */
    static final int LARGEST_REWRITTEN = 2 << 20;

    /** Pages of 64 KiB that a program's memory may have: 16 MiB. */
    static final int MOST_PAGES = 256;

    private static final int MOST_TABLE_ENTRIES = 10_000;
    private static final int[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private static final int CUSTOM = 0;
    private static final int TYPES = 1;
    private static final int IMPORTS = 2;
    private static final int TABLES = 4;
    private static final int MEMORIES = 5;
    private static final int GLOBALS = 6;
    private static final int EXPORTS = 7;
    private static final int START = 8;
    private static final int CODE = 10;
    private static final int LAST = 12;

    private record Section(int id, int begin, int end) {}

    private final byte[] octets;
    private final Map<String, String> allowed;
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, Section> debug = new HashMap<>();
    private final List<String> types = new ArrayList<>();
    private final Set<String> imported = new HashSet<>();
    private int functionImports;
    private int globals;
    private int tick = -1;

    private ModuleLoader(byte[] octets, Map<String, String> allowed) {
        this.octets = octets;
        this.allowed = allowed;
    }

    /** What came out: the module as it is run, and the program's sources by their numbers. */
    record Loaded(byte[] octets, List<String> files, Set<String> imports) {}

    /**
     * @param allowed types of the functions that may be imported, {@code ii:i}, by {@code
     *     module.name}
     * @throws ModuleException if it is not let in
     */
    static Loaded load(byte[] octets, Map<String, String> allowed) {
        return new ModuleLoader(octets, allowed).load();
    }

    private Loaded load() {
        if (octets.length > LARGEST) {
            throw new ModuleException(
                    "expected at most %d octets, found %d".formatted(LARGEST, octets.length));
        }
        readSections();
        for (Section section : sections) check(section);
        LineTable lines = lines();
        byte[] rewritten = rewritten(new Instrumenter(lines, functionImports, globals, tick));
        if (rewritten.length > LARGEST_REWRITTEN) {
            throw new ModuleException(
                    "expected at most %d octets with the bounds of loops and functions, found %d"
                            .formatted(LARGEST_REWRITTEN, rewritten.length));
        }
        return new Loaded(rewritten, List.copyOf(lines.files()), Set.copyOf(imported));
    }

    private Octets in(Section section) {
        return new Octets(octets, section.begin, section.end);
    }

    private void readSections() {
        var in = new Octets(octets, 0, octets.length);
        for (int expected : HEADER) {
            if (!in.hasMore() || in.octet() != expected) {
                throw new ModuleException("expected a WebAssembly module, version 1");
            }
        }
        int last = 0;
        while (in.hasMore()) {
            int id = in.octet();
            int size = in.number(octets.length - in.at(), "the size of a section");
            var section = new Section(id, in.at(), in.at() + size);
            in.skip(size);
            if (id == CUSTOM) custom(section);
            else {
                int order = id == LAST ? CODE - 1 : id >= CODE ? id + 1 : id;
                if (id > LAST || order <= last) {
                    throw new ModuleException("expected sections in their order, found " + id);
                }
                last = order;
                sections.add(section);
            }
        }
    }

    /** Of what is said about a module only the table of its lines is of use; nothing is kept. */
    private void custom(Section section) {
        Octets in = in(section);
        String name = in.name();
        if (name.startsWith(".debug_")) {
            debug.putIfAbsent(name, new Section(CUSTOM, in.at(), section.end));
        }
    }

    private LineTable lines() {
        Section table = debug.get(".debug_line");
        if (table == null) return LineTable.NONE;
        return LineTable.of(in(table), strings(".debug_line_str"), strings(".debug_str"));
    }

    private Octets strings(String name) {
        Section found = debug.get(name);
        return found == null ? new Octets(octets, 0, 0) : in(found);
    }

    private void check(Section section) {
        Octets in = in(section);
        switch (section.id) {
            case TYPES -> readTypes(in);
            case IMPORTS -> readImports(in);
            case TABLES -> readTables(in);
            case MEMORIES -> readMemories(in);
            case GLOBALS -> globals = readGlobals(in);
            case EXPORTS -> readExports(in);
            case START ->
                    throw new ModuleException(
                            "expected a program that begins at _start, found a start function");
            default -> {}
        }
    }

    private void readTypes(Octets in) {
        int count = in.count("types");
        for (int i = 0; i < count; i++) {
            if (in.octet() != 0x60) throw new ModuleException("expected function types");
            types.add(letters(in) + ":" + letters(in));
        }
    }

    /** Value types as letters. */
    private static String letters(Octets in) {
        int count = in.count("types of values");
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(
                    switch (in.octet()) {
                        case 0x7F -> 'i';
                        case 0x7E -> 'l';
                        case 0x7D -> 'f';
                        case 0x7C -> 'd';
                        default -> throw new ModuleException("expected numbers as values");
                    });
        }
        return text.toString();
    }

    private void readImports(Octets in) {
        int count = in.count("imports");
        for (int i = 0; i < count; i++) {
            String name = in.name() + "." + in.name();
            if (in.octet() != 0) {
                throw new ModuleException("expected functions only to be imported, found " + name);
            }
            int type = in.number(types.size() - 1, "the number of a type");
            String expected = allowed.get(name);
            if (expected == null) {
                throw new ModuleException(
                        "expected calls of the simulated kernel to be imported, found " + name);
            }
            if (!expected.equals(types.get(type))) {
                throw new ModuleException(
                        "expected %s to have the type %s, found %s"
                                .formatted(name, expected, types.get(type)));
            }
            if (name.equals("kernel.tick")) tick = i;
            imported.add(name);
        }
        functionImports = count;
    }

    private static void readTables(Octets in) {
        int count = in.number(1, "tables");
        for (int i = 0; i < count; i++) {
            in.octet();
            limits(in, MOST_TABLE_ENTRIES, "entries of a table", false);
        }
    }

    private static void readMemories(Octets in) {
        int count = in.number(1, "memories");
        for (int i = 0; i < count; i++) limits(in, MOST_PAGES, "pages of memory", true);
    }

    /** What it may grow to is bounded when it is made. */
    private static void limits(Octets in, int most, String what, boolean grows) {
        int flags = in.octet();
        if (flags > 1) throw new ModuleException("expected memory that is not shared");
        in.number(most, what);
        if (flags == 1 && !grows) in.number(most, what);
    }

    private int readGlobals(Octets in) {
        int count = in.count("globals");
        for (int i = 0; i < count; i++) {
            in.skip(2);
            while (Instructions.skip(in, i) != Instructions.END) {}
        }
        if (in.hasMore()) throw new ModuleException("expected as many globals as are said");
        return count;
    }

    private void readExports(Octets in) {
        int count = in.count("exports");
        for (int i = 0; i < count; i++) {
            String name = in.name();
            int kind = in.octet();
            boolean ours =
                    Set.of(Instrumenter.FUEL, Instrumenter.PLACE, Instrumenter.DEPTH)
                            .contains(name);
            if (ours) throw new ModuleException("expected no export called " + name);
            if (kind == 3) in.number(globals - 1, "the number of a global");
            else in.skipLeb();
        }
    }

    // ---- as it is run

    private byte[] rewritten(Instrumenter instrumenter) {
        var out = new Output().octets(HEADER);
        boolean hasGlobals = false;
        boolean hasExports = false;
        for (Section section : sections) {
            if (!hasGlobals && section.id > GLOBALS) {
                out.section(GLOBALS, globals(new byte[0]));
                hasGlobals = true;
            }
            if (!hasExports && section.id > EXPORTS) {
                out.section(EXPORTS, exports(0, new byte[0]));
                hasExports = true;
            }
            Octets in = in(section);
            switch (section.id) {
                case GLOBALS -> {
                    in.count("globals");
                    out.section(GLOBALS, globals(in.copy(in.at(), section.end)));
                    hasGlobals = true;
                }
                case EXPORTS -> {
                    int count = in.count("exports");
                    out.section(EXPORTS, exports(count, in.copy(in.at(), section.end)));
                    hasExports = true;
                }
                case CODE -> out.section(CODE, instrumenter.code(in));
                default ->
                        out.section(
                                section.id, Arrays.copyOfRange(octets, section.begin, section.end));
            }
        }
        if (!hasGlobals) out.section(GLOBALS, globals(new byte[0]));
        if (!hasExports) out.section(EXPORTS, exports(0, new byte[0]));
        return out.toOctets();
    }

    private byte[] globals(byte[] own) {
        return new Output()
                .number(globals + Instrumenter.GLOBALS)
                .octets(own)
                .octets(Instrumenter.globals())
                .toOctets();
    }

    private byte[] exports(int count, byte[] own) {
        return new Output()
                .number(count + Instrumenter.GLOBALS)
                .octets(own)
                .name(Instrumenter.FUEL)
                .octets(3)
                .number(globals)
                .name(Instrumenter.PLACE)
                .octets(3)
                .number(globals + 1)
                .name(Instrumenter.DEPTH)
                .octets(3)
                .number(globals + 2)
                .toOctets();
    }
}
