package io.socketlab.server.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names to public addresses only: whoever may name an address that the server calls must
 * not reach through it what only the server can reach. As the connection is made to the very
 * addresses that were looked at, a name that resolves otherwise a moment later changes nothing.
 */
final class PublicAddresses extends SystemDefaultDnsResolver {

    private final boolean ownNetwork;

    /**
     * @param ownNetwork whether all addresses are allowed
     */
    PublicAddresses(boolean ownNetwork) {
        this.ownNetwork = ownNetwork;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = super.resolve(host);
        if (ownNetwork) return all;
        InetAddress[] allowed =
                Arrays.stream(all).filter(PublicAddresses::isPublic).toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new UnknownHostException("the address of " + host + " is not a public one");
        }
        return allowed;
    }

    /**
     * Whether it is an address of the public network. Ranges: IANA's registries of special-purpose
     * addresses, RFC 6890.
     */
    static boolean isPublic(InetAddress address) {
        return switch (address) {
            case Inet4Address v4 -> isPublic(v4.getAddress());
            case Inet6Address v6 -> isPublic6(v6.getAddress());
            default -> false;
        };
    }

    private static boolean isPublic(byte[] v4) {
        int first = Byte.toUnsignedInt(v4[0]);
        int second = Byte.toUnsignedInt(v4[1]);
        int third = Byte.toUnsignedInt(v4[2]);
        return switch (first) {
            case 0, 10, 127 -> false; // this network, private, loopback
            case 100 -> second < 64 || second > 127; // shared, RFC 6598
            case 169 -> second != 254; // link-local
            case 172 -> second < 16 || second > 31; // private
            case 192 ->
                    second != 168 // private
                            && !(second == 0
                                    && (third == 0 || third == 2)) // protocols, documentation
                            && !(second == 88 && third == 99); // 6to4 relays
            case 198 ->
                    second != 18
                            && second != 19 // benchmarks, RFC 2544
                            && !(second == 51 && third == 100); // documentation
            case 203 -> !(second == 0 && third == 113); // documentation
            default -> first < 224;
        };
    }

    /** Global unicast is 2000::/3; what carries an IPv4 address in it goes by that. */
    private static boolean isPublic6(byte[] v6) {
        int first = Byte.toUnsignedInt(v6[0]) << 8 | Byte.toUnsignedInt(v6[1]);
        int second = Byte.toUnsignedInt(v6[2]) << 8 | Byte.toUnsignedInt(v6[3]);
        if (first == 0x0064 && second == 0xff9b) { // NAT64, RFC 6052
            return isPublic(Arrays.copyOfRange(v6, 12, 16));
        }
        if (first == 0x2002) return isPublic(Arrays.copyOfRange(v6, 2, 6)); // 6to4, RFC 3056
        if (first == 0x2001 && second < 0x0200) return false; // protocols, Teredo among them
        if (first == 0x2001 && second == 0x0db8) return false; // documentation
        return first >>> 13 == 1;
    }
}
