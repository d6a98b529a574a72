package io.socketlab.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Assembles a small module. WebAssembly Core Specification 2.0, chapter 5: sections, each with its
 * number and its length, in the order of their numbers.
 */
public final class TestModule {

    public static final int I32 = 0x7F;
    public static final int I64 = 0x7E;

    public static final int UNREACHABLE = 0x00;
    public static final int LOOP = 0x03;
    public static final int VOID = 0x40;
    public static final int BR = 0x0C;
    public static final int END = 0x0B;
    public static final int CALL = 0x10;
    public static final int CALL_INDIRECT = 0x11;
    public static final int DROP = 0x1A;
    public static final int LOCAL_GET = 0x20;
    public static final int I32_LOAD = 0x28;
    public static final int I32_STORE = 0x36;
    public static final int I32_CONST = 0x41;
    public static final int I64_CONST = 0x42;
    public static final int I32_ADD = 0x6A;
    public static final int I32_DIV_S = 0x6D;

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private final List<byte[]> globals = new ArrayList<>();
    private final Map<Integer, byte[]> raw = new TreeMap<>();
    private byte[] memory = {};
    private byte[] table = {};
    private byte[] elements = {};

    private static final class Writer extends ByteArrayOutputStream {

        Writer octets(int... octets) {
            for (int octet : octets) write(octet);
            return this;
        }

        Writer number(int value) {
            int rest = value;
            for (; rest >>> 7 != 0; rest >>>= 7) write(rest & 0x7F | 0x80);
            write(rest);
            return this;
        }

        Writer name(String name) {
            byte[] octets = name.getBytes(StandardCharsets.UTF_8);
            number(octets.length).writeBytes(octets);
            return this;
        }
    }

    /** i32.const. */
    public static int[] constant(int value) {
        return constant(I32_CONST, value);
    }

    /** i64.const. */
    public static int[] constant64(long value) {
        return constant(I64_CONST, value);
    }

    /** With the operand in signed LEB128. */
    private static int[] constant(int opcode, long value) {
        var octets = IntStream.builder().add(opcode);
        long rest = value;
        while (true) {
            int low = (int) rest & 0x7F;
            rest >>= 7;
            boolean last = rest == 0 && (low & 0x40) == 0 || rest == -1 && (low & 0x40) != 0;
            octets.add(last ? low : low | 0x80);
            if (last) return octets.build().toArray();
        }
    }

    /** One body from several pieces. */
    public static int[] code(int[]... pieces) {
        return List.of(pieces).stream().flatMapToInt(Arrays::stream).toArray();
    }

    public static int[] op(int... octets) {
        return octets;
    }

    private int type(int[] parameters, int[] results) {
        var type = new Writer().octets(0x60).number(parameters.length).octets(parameters);
        types.add(type.number(results.length).octets(results).toByteArray());
        return types.size() - 1;
    }

    public TestModule imports(String module, String name, int[] parameters, int... results) {
        int type = type(parameters, results);
        imports.add(new Writer().name(module).name(name).octets(0).number(type).toByteArray());
        return this;
    }

    /** A function under its name; imports have to be there before, for they are counted first. */
    public TestModule function(String name, int[] parameters, int[] results, int... body) {
        int type = type(parameters, results);
        functions.add(new Writer().number(type).toByteArray());
        int index = imports.size() + functions.size() - 1;
        exports.add(new Writer().name(name).octets(0).number(index).toByteArray());
        var code = new Writer().octets(0).octets(body).octets(END);
        var sized = new Writer().number(code.size());
        sized.writeBytes(code.toByteArray());
        bodies.add(sized.toByteArray());
        return this;
    }

    /** A mutable i32. */
    public TestModule global(String name, int value) {
        exports.add(new Writer().name(name).octets(3).number(globals.size()).toByteArray());
        globals.add(new Writer().octets(I32, 1).octets(constant(value)).octets(END).toByteArray());
        return this;
    }

    public TestModule memory(int pages, int most) {
        memory = new Writer().octets(1, 1).number(pages).number(most).toByteArray();
        return this;
    }

    public TestModule data(int address, String text) {
        var segment = new Writer().octets(0).octets(constant(address)).octets(END);
        data.add(segment.name(text).toByteArray());
        return this;
    }

    /** A table of {@code size}, whose first entry is the function of that index. */
    public TestModule table(int size, int function) {
        table = new Writer().octets(1, 0x70, 0).number(size).toByteArray();
        var first = new Writer().octets(1, 0).octets(constant(0)).octets(END, 1);
        elements = first.number(function).toByteArray();
        return this;
    }

    /** A section of any contents, between those that are made here and in the order of numbers. */
    public TestModule section(int id, int... body) {
        raw.put(id, new Writer().octets(body).toByteArray());
        return this;
    }

    public byte[] octets() {
        var out = new Writer().octets(0, 'a', 's', 'm', 1, 0, 0, 0);
        var sections = new TreeMap<Integer, byte[]>();
        sections.put(1, vector(types));
        sections.put(2, vector(imports));
        sections.put(3, vector(functions));
        sections.put(4, table);
        sections.put(5, memory);
        sections.put(6, vector(globals));
        sections.put(7, vector(exports));
        sections.put(9, elements);
        sections.put(10, vector(bodies));
        sections.put(11, vector(data));
        sections.putAll(raw);
        sections.forEach((id, body) -> section(out, id, body));
        return out.toByteArray();
    }

    private static byte[] vector(List<byte[]> items) {
        if (items.isEmpty()) return new byte[0];
        var all = new Writer().number(items.size());
        items.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static void section(Writer out, int id, byte[] body) {
        if (body.length == 0) return;
        out.octets(id).number(body.length).writeBytes(body);
    }
}
