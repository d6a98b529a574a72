package io.socketlab.lab.trace;

import io.socketlab.kernel.trace.TraceEvent;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over the JSON lines of a growing trace: two runs that have the same are the same run. */
public final class TraceHash {

    private final MessageDigest digest = sha256();
    private int hashed;

    /**
     * The hash of {@code events}, in hexadecimal.
     *
     * @param events those of the last time, and any that have come since
     */
    public String of(List<TraceEvent> events) {
        if (hashed < events.size()) {
            var digested = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            TraceJson.write(events.subList(hashed, events.size()), digested);
            digest.update((byte) '\n');
        }
        hashed = events.size();
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
