package io.socketlab.lab.trace;

import io.socketlab.kernel.trace.TraceEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over the JSON lines of a growing trace: two runs that have the same are the same run. */
public final class TraceHash {

    /** Octets that are hashed at a time, about. */
    private static final int PIECE = 8192;

    private final MessageDigest digest = sha256();
    private int hashed;

    /**
     * The hash of {@code events}, in hexadecimal.
     *
     * @param events those of the last time, and any that have come since
     */
    public String of(List<TraceEvent> events) {
        add(events.subList(hashed, events.size()));
        return value();
    }

    /** Adds what has happened next. */
    public void add(List<TraceEvent> more) {
        var json = new JsonOctets(2 * PIECE);
        for (TraceEvent event : more) {
            TraceJson.write(json, event);
            json.sign('\n');
            if (json.size() >= PIECE) digest(json);
        }
        digest(json);
        hashed += more.size();
    }

    /** The hash of all that has been added, in hexadecimal. */
    public String value() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void digest(JsonOctets json) {
        digest.update(json.octets(), 0, json.size());
        json.clear();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
