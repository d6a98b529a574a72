package io.socketlab.kernel.tcp;

/**
 * SipHash-2-4: a keyed hash of short messages that nobody without the key can foretell. Aumasson
 * and Bernstein, "SipHash: a fast short-input PRF".
 */
final class SipHash {

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipHash(long k0, long k1) {
        v0 = k0 ^ 0x736F6D6570736575L;
        v1 = k1 ^ 0x646F72616E646F6DL;
        v2 = k0 ^ 0x6C7967656E657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /** The hash of the octets that the words of {@code message} have in little-endian order. */
    static long of(long[] message, long k0, long k1) {
        var hash = new SipHash(k0, k1);
        for (long word : message) hash.take(word);
        // the last block: no octets left, and how many there were
        hash.take(8L * message.length << 56);
        hash.v2 ^= 0xFF;
        for (int i = 0; i < 4; i++) hash.round();
        return hash.v0 ^ hash.v1 ^ hash.v2 ^ hash.v3;
    }

    private void take(long block) {
        v3 ^= block;
        round();
        round();
        v0 ^= block;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
