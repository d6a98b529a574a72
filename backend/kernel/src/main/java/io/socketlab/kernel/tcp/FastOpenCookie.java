package io.socketlab.kernel.tcp;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a server gives a client so that the client may send text in its SYN; the request for it
 * where it has no octets. RFC 7413 §4.1.
 *
 * @param octets 4 to 16, or none; not to be changed
 * @param experimental it comes and goes in the option's experimental form, RFC 7413 §A.1
 */
record FastOpenCookie(byte[] octets, boolean experimental) {

    static FastOpenCookie request(boolean experimental) {
        return new FastOpenCookie(new byte[0], experimental);
    }

    boolean isRequest() {
        return octets.length == 0;
    }

    /** Octets its option takes, padding not counted. */
    int optionLength() {
        return (experimental ? 4 : 2) + octets.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FastOpenCookie(byte[] others, boolean form)
                && form == experimental
                && Arrays.equals(octets, others);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
