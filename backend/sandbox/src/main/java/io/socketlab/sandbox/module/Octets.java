package io.socketlab.sandbox.module;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a part of a module; whoever wrote it, nothing is read beyond its end. */
final class Octets {

    private static final int MORE = 0x80;
    private static final int LONGEST_NAME = 10_000;

    private final byte[] all;
    private final int begin;
    private final int end;
    private int at;

    Octets(byte[] all, int from, int end) {
        this.all = all;
        this.begin = from;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        if (place < 0 || place > end) throw cut();
        at = place;
    }

    int end() {
        return end;
    }

    boolean hasMore() {
        return at < end;
    }

    int octet() {
        if (at >= end) throw cut();
        return all[at++] & 0xFF;
    }

    void skip(int count) {
        if (count < 0 || count > end - at) throw cut();
        at += count;
    }

    /** An unsigned LEB128 of at most 32 bits that is no more than {@code most}. */
    int number(int most, String what) {
        long value = leb(32) & 0xFFFF_FFFFL;
        if (value > most) {
            throw new ModuleException(
                    "expected at most %d for %s, found %d".formatted(most, what, value));
        }
        return (int) value;
    }

    /** A count of things of which each takes an octet at least. */
    int count(String what) {
        return number(end - at, what);
    }

    /** Any LEB128, signed or not, as far as it goes. */
    void skipLeb() {
        leb(64);
    }

    private long leb(int bits) {
        long value = 0;
        for (int shift = 0; shift < bits + 6; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if ((octet & MORE) == 0) return value;
        }
        throw new ModuleException("expected a number of at most %d bits".formatted(bits));
    }

    /** A signed LEB128, as DWARF has them. */
    long signedLeb() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int octet = octet();
            if (shift < 64) value |= (long) (octet & 0x7F) << shift;
            if ((octet & MORE) == 0) {
                boolean negative = (octet & 0x40) != 0;
                return negative && shift + 7 < 64 ? value | -1L << shift + 7 : value;
            }
        }
        throw new ModuleException("expected a number of at most 64 bits");
    }

    /** An unsigned LEB128 as DWARF has them. */
    long unsignedLeb() {
        return leb(64);
    }

    /** The same octets from another place, counted from their beginning. */
    Octets from(int offset) {
        var other = new Octets(all, begin, end);
        other.skip(offset);
        return other;
    }

    int int16() {
        return octet() | octet() << 8;
    }

    int int32() {
        return int16() | int16() << 16;
    }

    String name() {
        int length = number(LONGEST_NAME, "the length of a name");
        int from = at;
        skip(length);
        return new String(all, from, length, StandardCharsets.UTF_8);
    }

    /** Up to a NUL, which is read too. */
    String text() {
        int from = at;
        while (octet() != 0) {}
        return new String(all, from, at - 1 - from, StandardCharsets.UTF_8);
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(all, from, to);
    }

    private static ModuleException cut() {
        return new ModuleException(
                "expected a whole WebAssembly module; it ends in the midst of something");
    }
}
