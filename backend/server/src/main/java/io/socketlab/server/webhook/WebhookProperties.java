package io.socketlab.server.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are called.
 *
 * @param ownNetwork whether addresses of one's own network may be called, and without TLS
 * @param most how many an account may have
 * @param timeout how long connecting may take, and how long an answer
 * @param pauses after the first try, the second and so on; after the last of them there is one more
 *     try
 * @param poll how often the schedule is looked at
 */
@ConfigurationProperties("socketlab.webhooks")
record WebhookProperties(
        @DefaultValue("false") boolean ownNetwork,
        @DefaultValue("10") int most,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue({"5s", "30s", "2m", "10m", "1h", "6h", "24h"}) List<Duration> pauses,
        @DefaultValue("500ms") Duration poll) {

    WebhookProperties {
        pauses = List.copyOf(pauses);
    }
}
