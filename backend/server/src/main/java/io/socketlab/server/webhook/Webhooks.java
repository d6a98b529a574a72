package io.socketlab.server.webhook;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** One's webhooks. */
@Service
class Webhooks {

    private static final int LOG = 100;

    private final WebhookStore store;
    private final WebhookCall call;
    private final Signature signature;
    private final WebhookProperties properties;
    private final Clock clock;

    Webhooks(
            WebhookStore store,
            WebhookCall call,
            Signature signature,
            WebhookProperties properties,
            Clock clock) {
        this.store = store;
        this.call = call;
        this.signature = signature;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A webhook that has just been made.
     *
     * @param secret shown this once
     */
    record Made(Webhook webhook, String secret) {}

    /**
     * Makes a webhook.
     *
     * @throws ProblemException if it cannot be called, or there are too many
     */
    Made add(SignedIn me, String url) {
        Optional<String> objection = call.objection(url);
        if (objection.isPresent()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-webhook",
                    "Invalid webhook",
                    "Field 'url': " + objection.get() + ".");
        }
        if (store.of(me.id()).size() >= properties.most()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "too-many-webhooks",
                    "Too many webhooks",
                    "You have %d webhooks, and more cannot be had. Remove one."
                            .formatted(properties.most()));
        }
        var webhook = new Webhook(UUID.randomUUID(), me.id(), url, true, DatabaseTime.now(clock));
        store.add(webhook);
        return new Made(webhook, signature.secret(webhook.id()));
    }

    List<Webhook> of(SignedIn me) {
        return store.of(me.id());
    }

    /**
     * Removes one.
     *
     * @throws ProblemException if there is none
     */
    void remove(SignedIn me, String id) {
        if (!store.remove(me.id(), mine(me, id).id())) throw unknown(id);
    }

    /**
     * Its last deliveries, the last first.
     *
     * @throws ProblemException if there is no such webhook
     */
    List<Delivery> log(SignedIn me, String id) {
        return store.log(mine(me, id).id(), LOG);
    }

    private Webhook mine(SignedIn me, String id) {
        try {
            return store.find(UUID.fromString(id))
                    .filter(webhook -> webhook.account().equals(me.id()))
                    .orElseThrow(() -> unknown(id));
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-webhook",
                "Unknown webhook",
                "You have no webhook " + id + ".");
    }
}
