package io.socketlab.lab.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A block of a pcapng file as it is put together: its fields, then its options, each padded to 32
 * bits. Little-endian. draft-ietf-opsawg-pcapng §3.1 and §3.5.
 */
final class Block {

    private static final int END_OF_OPTIONS = 0;
    private static final int COMMENT = 1;

    /** An option's length has 16 bits. */
    private static final int LONGEST_OPTION = 0xFFFF;

    private final int type;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    private boolean hasOptions;

    Block(int type) {
        this.type = type;
    }

    Block u16(int value) {
        return number(value, 2);
    }

    Block u32(int value) {
        return number(value, 4);
    }

    Block u64(long value) {
        return number(value, 8);
    }

    private Block number(long value, int octets) {
        for (int i = 0; i < octets; i++) body.write((int) (value >>> 8 * i));
        return this;
    }

    /** A time as blocks have it: its upper half first. */
    Block time(long nanos) {
        return u32((int) (nanos >>> 32)).u32((int) nanos);
    }

    Block octets(byte[] octets) {
        body.writeBytes(octets);
        while (body.size() % 4 != 0) body.write(0);
        return this;
    }

    Block comment(String text) {
        return option(COMMENT, text);
    }

    Block option(int code, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return option(code, Arrays.copyOf(octets, Math.min(octets.length, LONGEST_OPTION)));
    }

    Block option(int code, byte[] octets) {
        hasOptions = true;
        return u16(code).u16(octets.length).octets(octets);
    }

    Block option(int code, long number) {
        hasOptions = true;
        return u16(code).u16(8).u64(number);
    }

    Block option(int code, int number) {
        hasOptions = true;
        return u16(code).u16(4).u32(number);
    }

    /** All of it: type, length, body, and its length again. */
    byte[] whole() {
        if (hasOptions) u16(END_OF_OPTIONS).u16(0);
        int length = body.size() + 12;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(length)
                .put(body.toByteArray())
                .putInt(length)
                .array();
    }
}
