package io.socketlab.server.webhook;

import io.socketlab.server.web.ServerSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Signatures as Standard Webhooks (standardwebhooks.com) has them: HMAC-SHA256 over id, time and
 * body, so that whoever is told can see that it is from us and not from yesterday.
 */
@Component
class Signature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final ServerSecret secrets;

    Signature(ServerSecret secrets) {
        this.secrets = secrets;
    }

    /** The secret of a webhook, as its owner gets it. */
    String secret(UUID webhook) {
        return PREFIX + Base64.getEncoder().encodeToString(key(webhook));
    }

    /** What the header {@code webhook-signature} says. */
    String sign(UUID webhook, UUID delivery, Instant time, String payload) {
        String signed = delivery + "." + time.getEpochSecond() + "." + payload;
        byte[] mac = hmac(key(webhook), signed);
        return "v1," + Base64.getEncoder().encodeToString(mac);
    }

    private byte[] key(UUID webhook) {
        return hmac(secrets.named("webhook"), webhook.toString());
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
