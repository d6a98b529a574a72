package io.socketlab.server.webhook;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** One call of a webhook: no redirects, no cookies, no second try, and nothing of what it says. */
@Component
class WebhookCall implements DisposableBean {

    private static final int LONGEST_URL = 2_000;

    private final Signature signature;
    private final Clock clock;
    private final boolean ownNetwork;
    private final CloseableHttpClient http;

    WebhookCall(Signature signature, WebhookProperties properties, Clock clock) {
        this.signature = signature;
        this.clock = clock;
        this.ownNetwork = properties.ownNetwork();
        Timeout timeout = Timeout.of(properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
        this.http =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setDnsResolver(new PublicAddresses(ownNetwork))
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(timeout)
                                                        .setSocketTimeout(timeout)
                                                        .build())
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setResponseTimeout(timeout)
                                        .setConnectionRequestTimeout(timeout)
                                        .setRedirectsEnabled(false)
                                        .build())
                        .setUserAgent("SocketLab-Webhooks")
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableAutomaticRetries()
                        .disableContentCompression()
                        .build();
    }

    /**
     * @param status what it answered with; empty if it did not
     * @param problem what went wrong; empty if nothing did
     */
    record Answer(OptionalInt status, Optional<String> problem) {

        static Answer of(int status) {
            boolean good = status >= 200 && status < 300;
            return new Answer(
                    OptionalInt.of(status),
                    good ? Optional.empty() : Optional.of("it answered " + status));
        }

        boolean isGone() {
            return status.isPresent() && status.getAsInt() == 410;
        }
    }

    /** Why an address cannot be one of a webhook's; empty if it can. */
    Optional<String> objection(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("expected an address, https://…");
        }
        boolean scheme =
                "https".equals(uri.getScheme()) || ownNetwork && "http".equals(uri.getScheme());
        if (!scheme || uri.getHost() == null) return Optional.of("expected an address, https://…");
        if (uri.getUserInfo() != null)
            return Optional.of("expected an address without user and password");
        if (uri.getFragment() != null) return Optional.of("expected an address without a fragment");
        if (url.length() > LONGEST_URL) {
            return Optional.of("expected at most " + LONGEST_URL + " characters");
        }
        return Optional.empty();
    }

    /** Tells a webhook. */
    Answer tell(Webhook webhook, Delivery delivery) {
        Instant now = clock.instant();
        var request = new HttpPost(webhook.url());
        request.setHeader("webhook-id", delivery.id().toString());
        request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        request.setHeader(
                "webhook-signature",
                signature.sign(webhook.id(), delivery.id(), now, delivery.payload()));
        request.setEntity(new StringEntity(delivery.payload(), ContentType.APPLICATION_JSON));
        try {
            return http.execute(
                    request,
                    response -> {
                        // what it says is not read: the connection is closed
                        request.abort();
                        return Answer.of(response.getCode());
                    });
        } catch (IOException e) {
            return new Answer(OptionalInt.empty(), Optional.of(words(e)));
        }
    }

    private static String words(IOException e) {
        return switch (e) {
            case UnknownHostException unknown -> "no address to call: " + unknown.getMessage();
            case SocketTimeoutException _ -> "it did not answer in time";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void destroy() throws IOException {
        http.close();
    }
}
