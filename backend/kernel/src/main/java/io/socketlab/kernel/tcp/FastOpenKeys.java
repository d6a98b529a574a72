package io.socketlab.kernel.tcp;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys that a server's cookies are made with: the first for those it gives out, and perhaps a
 * second whose cookies it still takes. RFC 7413 §4.1.2; Linux makes a cookie of both addresses with
 * SipHash (net/ipv4/tcp_fastopen.c).
 */
final class FastOpenKeys {

    /** Octets of a cookie that Linux gives out. */
    static final int COOKIE_SIZE = 8;

    private static final int KEY_SIZE = 16;
    private static final int WORDS = 4;

    /** Its two halves, read in little-endian order. */
    private record Key(long low, long high) {}

    private final List<Key> keys;

    private FastOpenKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A key that nobody has set. */
    static FastOpenKeys random(Chance chance) {
        return new FastOpenKeys(List.of(new Key(chance.nextLong(), chance.nextLong())));
    }

    /**
     * What sysctl net.ipv4.tcp_fastopen_key holds: one key of four hexadecimal words joined by
     * dashes, or two joined by a comma.
     */
    static FastOpenKeys ofText(String text) {
        var keys = new ArrayList<Key>();
        for (String key : text.split(",", -1)) {
            var octets = ByteBuffer.allocate(KEY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            for (String word : key.strip().split("-", -1)) {
                octets.putInt(Integer.parseUnsignedInt(word, WORDS * 4));
            }
            keys.add(key(octets.array(), 0));
        }
        return new FastOpenKeys(keys);
    }

    /** Whether TCP_FASTOPEN_KEY takes so many octets: one key or two. */
    static boolean isLength(int octets) {
        return octets == KEY_SIZE || octets == 2 * KEY_SIZE;
    }

    /** What setsockopt(2) TCP_FASTOPEN_KEY hands over. */
    static FastOpenKeys ofOctets(byte[] octets) {
        var keys = new ArrayList<Key>();
        for (int at = 0; at < octets.length; at += KEY_SIZE) keys.add(key(octets, at));
        return new FastOpenKeys(keys);
    }

    private static Key key(byte[] octets, int at) {
        var in = ByteBuffer.wrap(octets, at, KEY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        return new Key(in.getLong(), in.getLong());
    }

    /** What getsockopt(2) TCP_FASTOPEN_KEY gives. */
    byte[] octets() {
        var out = ByteBuffer.allocate(KEY_SIZE * keys.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (Key key : keys) out.putLong(key.low).putLong(key.high);
        return out.array();
    }

    /** The cookie that a client at {@code client} gets from a server at {@code server}. */
    byte[] cookie(IpAddress client, IpAddress server) {
        return cookie(keys.getFirst(), client, server);
    }

    /** By which key {@code cookie} is good: 0 for the first, -1 for none. */
    int find(byte[] cookie, IpAddress client, IpAddress server) {
        for (int i = 0; i < keys.size(); i++) {
            if (Arrays.equals(cookie, cookie(keys.get(i), client, server))) return i;
        }
        return -1;
    }

    /** Both addresses as they are on the wire, read in little-endian words of eight octets. */
    private static long[] words(IpAddress client, IpAddress server) {
        if (client instanceof Ipv6Address from && server instanceof Ipv6Address to) {
            return new long[] {
                Long.reverseBytes(from.high()),
                Long.reverseBytes(from.low()),
                Long.reverseBytes(to.high()),
                Long.reverseBytes(to.low())
            };
        }
        return new long[] {
            Integer.toUnsignedLong(Integer.reverseBytes(server.folded())) << 32
                    | Integer.toUnsignedLong(Integer.reverseBytes(client.folded()))
        };
    }

    private static byte[] cookie(Key key, IpAddress client, IpAddress server) {
        long hash = SipHash.of(words(client, server), key.low, key.high);
        return ByteBuffer.allocate(COOKIE_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash)
                .array();
    }
}
