package io.socketlab.server.webhook;

import io.socketlab.server.web.Hmac;
import io.socketlab.server.web.ServerSecret;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Signatures as Standard Webhooks (standardwebhooks.com) has them: HMAC-SHA256 over id, time and
 * body, so that whoever is told can see that it is from us and not from yesterday.
 */
@Component
class Signature {

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
        byte[] mac = Hmac.of(key(webhook), signed);
        return "v1," + Base64.getEncoder().encodeToString(mac);
    }

    private byte[] key(UUID webhook) {
        return Hmac.of(secrets.named("webhook"), webhook.toString());
    }
}
