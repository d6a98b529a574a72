package io.socketlab.lab.bench;

import io.socketlab.kernel.sim.Chance;
import java.util.Arrays;

/**
 * Octets that can be told apart by where they are in a stream: chance from a seed, repeated at a
 * prime distance, so that a piece that is lost, doubled or out of place does not go unseen.
 */
final class Payload {

    private static final int PERIOD = 65_521;

    private final byte[] octets;

    /**
     * @param longest the longest piece that is asked for or checked, octets
     */
    Payload(long seed, int longest) {
        var chance = new Chance(seed).fork("payload");
        octets = new byte[PERIOD + longest];
        for (int i = 0; i < PERIOD; i++) octets[i] = (byte) chance.nextInt(256);
        for (int i = PERIOD; i < octets.length; i++) octets[i] = octets[i - PERIOD];
    }

    /** The stream's octets from {@code position} on, in an array of their own. */
    byte[] piece(long position, int length) {
        int from = (int) (position % PERIOD);
        return Arrays.copyOfRange(octets, from, from + length);
    }

    /**
     * Holds {@code piece} against the stream.
     *
     * @throws IllegalStateException at the first octet that is not the one sent
     */
    void verify(long position, byte[] piece) {
        int from = (int) (position % PERIOD);
        int wrong = Arrays.mismatch(piece, 0, piece.length, octets, from, from + piece.length);
        if (wrong >= 0) {
            throw new IllegalStateException(
                    "octet " + (position + wrong) + " of the stream is not the one that was sent");
        }
    }
}
