package io.socketlab.server.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Entity tags of answers that have no version of their own: made of what they say. */
@Component
public class ETags {

    private static final int OCTETS = 16;

    private final JsonMapper json;

    ETags(JsonMapper json) {
        this.json = json;
    }

    /** An answer with its tag, which is another as soon as anything in it is. */
    public <T> ResponseEntity<T> tagged(T body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
            String tag = HexFormat.of().formatHex(digest, 0, OCTETS);
            return ResponseEntity.ok().eTag("\"" + tag + "\"").body(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
