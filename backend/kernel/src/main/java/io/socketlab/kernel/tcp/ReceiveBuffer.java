package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.PacketMemory;
import io.socketlab.kernel.socket.Reception;
import org.jspecify.annotations.Nullable;

/** Text in order, waiting for the program; packets stay where they are until they are read. */
final class ReceiveBuffer {

    private @Nullable TextPiece first;
    private @Nullable TextPiece last;
    private int readable;
    private int memory;
    private long lastReadArrivedAt;

    @Nullable TextPiece first() {
        return first;
    }

    /** Octets that can be read. */
    int readable() {
        return readable;
    }

    /** What it holds of SO_RCVBUF. */
    int memory() {
        return memory;
    }

    void append(TextPiece piece) {
        piece.next = null;
        boolean copied = last != null && last.takesIn(piece);
        if (last == null) first = piece;
        else last.next = piece;
        last = piece;
        readable += piece.length;
        if (!copied) memory += piece.memory;
    }

    /**
     * Moves what there is, up to the room in {@code in}; answers how many octets.
     *
     * @param peek leave them here as well
     * @param limit at most this many (to stop at urgent data)
     */
    int read(Reception in, boolean peek, int limit) {
        int copied = 0;
        int left = Math.min(Math.min(in.room(), limit), readable);
        in.expect(left);
        TextPiece piece = first;
        while (piece != null && left > 0) {
            int count = Math.min(left, piece.length);
            in.fill(piece.octets, piece.from, count);
            lastReadArrivedAt = piece.arrivedAt;
            copied += count;
            left -= count;
            TextPiece next = piece.next;
            if (!peek) consume(piece, count);
            piece = next;
        }
        return copied;
    }

    /** When the last octet that was read arrived. */
    long lastReadArrivedAt() {
        return lastReadArrivedAt;
    }

    /**
     * Copies what lies behind the first {@code from} octets; all of it stays.
     *
     * @param limit at most this many (to stop at urgent data)
     */
    int peekFrom(Reception in, int from, int limit) {
        int left = Math.min(in.room(), limit);
        int passed = 0;
        int copied = 0;
        for (TextPiece piece = first; piece != null && left > 0; piece = piece.next) {
            int skipped = Math.min(Math.max(from - passed, 0), piece.length);
            passed += skipped;
            int count = Math.min(left, piece.length - skipped);
            if (count == 0) continue;
            in.fill(piece.octets, piece.from + skipped, count);
            lastReadArrivedAt = piece.arrivedAt;
            copied += count;
            left -= count;
        }
        return copied;
    }

    /** Takes {@code count} octets away unread. */
    void skip(int count) {
        int left = count;
        while (left > 0 && first != null) {
            int gone = Math.min(left, first.length);
            consume(first, gone);
            left -= gone;
        }
    }

    private void consume(TextPiece piece, int count) {
        piece.trimFront(count);
        readable -= count;
        if (piece.length > 0) return;
        memory -= piece.memory;
        first = piece.next;
        if (first == null) last = null;
    }

    /**
     * Packs what waits into full pages, to win memory, from the first packet on that wastes some.
     * Linux's tcp_collapse().
     *
     * @param ratio octets of window for 256 octets of memory
     */
    void collapse(int ratio) {
        TextPiece begin = TextPiece.firstBloated(first, null, ratio);
        if (begin == null || last == null) return;
        int held = 0;
        int octets = 0;
        for (TextPiece p = begin; p != null; p = p.next) {
            held += p.memory;
            octets += p.length;
        }
        int packed = PacketMemory.collapsed(octets);
        if (packed >= held) return;
        for (TextPiece p = begin; p != null; p = p.next) {
            p.memory = 0;
            p.tailRoom = -1;
        }
        last.memory = packed;
        memory += packed - held;
    }

    void clear() {
        first = null;
        last = null;
        readable = 0;
        memory = 0;
    }
}
