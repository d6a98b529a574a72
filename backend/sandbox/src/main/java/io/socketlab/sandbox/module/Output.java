package io.socketlab.sandbox.module;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a part of a module. */
final class Output {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Output octets(int... octets) {
        for (int octet : octets) out.write(octet);
        return this;
    }

    Output octets(byte[] from) {
        out.writeBytes(from);
        return this;
    }

    /** Unsigned LEB128. */
    Output number(long value) {
        long rest = value;
        do {
            int low = (int) (rest & 0x7F);
            rest >>>= 7;
            out.write(rest == 0 ? low : low | 0x80);
        } while (rest != 0);
        return this;
    }

    /** Signed LEB128. */
    Output signed(long value) {
        long rest = value;
        while (true) {
            int low = (int) (rest & 0x7F);
            rest >>= 7;
            boolean negative = (low & 0x40) != 0;
            if (rest == 0 && !negative || rest == -1 && negative) {
                out.write(low);
                return this;
            }
            out.write(low | 0x80);
        }
    }

    Output name(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        return number(octets.length).octets(octets);
    }

    Output section(int id, byte[] body) {
        return octets(id).number(body.length).octets(body);
    }

    int size() {
        return out.size();
    }

    byte[] toOctets() {
        return out.toByteArray();
    }
}
