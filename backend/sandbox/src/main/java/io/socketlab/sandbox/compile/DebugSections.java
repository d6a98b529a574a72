package io.socketlab.sandbox.compile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a module says for debuggers. Of that only the lines are of use here, and the rest is most of
 * a module. WebAssembly Core Specification §5.5.2, §5.5.3.
 */
final class DebugSections {

    private static final int HEADER = 8;
    private static final int CUSTOM = 0;
    private static final int BITS = 7;
    private static final int LOW_BITS = 0x7F;
    private static final int MORE = 0x80;
    private static final int LARGEST_SHIFT = 28;
    private static final String DEBUG = ".debug_";
    private static final String LINES = ".debug_line";

    private final byte[] module;
    private int at = HEADER;

    private DebugSections(byte[] module) {
        this.module = module;
    }

    /**
     * The module without those that are not of lines.
     *
     * @throws IllegalArgumentException if it is no module
     */
    static byte[] without(byte[] module) {
        return new DebugSections(module).kept();
    }

    private byte[] kept() {
        if (module.length < HEADER) throw new IllegalArgumentException("cut short");
        var kept = new ByteArrayOutputStream(module.length);
        kept.write(module, 0, HEADER);
        while (at < module.length) {
            int id = module[at++];
            int size = number();
            int content = at;
            if (size > module.length - at) throw new IllegalArgumentException("cut short");
            if (id != CUSTOM || !isDropped(name(content + size))) {
                kept.write(id);
                writeSize(kept, size);
                kept.write(module, content, size);
            }
            at = content + size;
        }
        return kept.toByteArray();
    }

    /** In five octets, as llvm-objcopy writes it: prebuilt programs come from there. */
    private static void writeSize(ByteArrayOutputStream out, int size) {
        for (int shift = 0; shift < LARGEST_SHIFT; shift += BITS) {
            out.write(size >> shift & LOW_BITS | MORE);
        }
        out.write(size >> LARGEST_SHIFT);
    }

    private static boolean isDropped(String name) {
        return name.startsWith(DEBUG) && !name.equals(LINES);
    }

    private String name(int end) {
        int length = number();
        if (length > end - at) throw new IllegalArgumentException("cut short");
        return new String(module, at, length, StandardCharsets.UTF_8);
    }

    /** An unsigned LEB128 of 31 bits. */
    private int number() {
        int value = 0;
        for (int shift = 0; shift <= LARGEST_SHIFT; shift += BITS) {
            if (at >= module.length) throw new IllegalArgumentException("cut short");
            byte octet = module[at++];
            value |= (octet & LOW_BITS) << shift;
            if (octet >= 0) {
                if (value < 0) break;
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too large");
    }
}
