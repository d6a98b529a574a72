package io.socketlab.server.run;

import io.socketlab.lab.model.Variants;
import io.socketlab.server.web.ServerSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Which of a lab's seeds a student gets: always the same one, and nobody without the server's or
 * his course's secret can tell which it will be.
 */
@Component
class Seeds {

    private static final String ALGORITHM = "HmacSHA256";

    private final ServerSecret secret;

    Seeds(ServerSecret secret) {
        this.secret = secret;
    }

    /** With which seeds are drawn that are for no course. */
    byte[] serverSecret() {
        return secret.named("seed");
    }

    /**
     * A seed from 1 to the size of the lab's pool.
     *
     * @param key the server's secret, or a course's
     */
    static long seed(byte[] key, Variants variants, UUID account, String labId, int attempt) {
        return switch (variants.policy()) {
            case "same" -> 1;
            case "per-student" -> drawn(key, variants.pool(), account + "/" + labId);
            default -> drawn(key, variants.pool(), account + "/" + labId + "/" + attempt);
        };
    }

    private static long drawn(byte[] key, int pool, String whose) {
        byte[] mac = hmac(key, whose.getBytes(StandardCharsets.UTF_8));
        return 1 + Math.floorMod(ByteBuffer.wrap(mac).getLong(), (long) pool);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
