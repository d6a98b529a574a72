package io.socketlab.server.run;

import io.socketlab.lab.model.Variants;
import io.socketlab.server.web.Hmac;
import io.socketlab.server.web.ServerSecret;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Which of a lab's seeds a student gets: always the same one, and nobody without the server's or
 * the course's secret can tell which it will be.
 */
@Component
class Seeds {

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
        byte[] mac = Hmac.of(key, whose);
        return 1 + Math.floorMod(ByteBuffer.wrap(mac).getLong(), (long) pool);
    }
}
