package io.socketlab.server.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks for programs; they need the scope {@code author}. */
@RestController
@RequestMapping("/api/v1/webhooks")
@Tag(name = "Webhooks")
class WebhookApi {

    private final Webhooks webhooks;

    WebhookApi(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Schema(name = "WebhookRequest")
    record WebhookRequest(
            @Schema(example = "https://grader.example/hooks/socketlab")
                    @NotNull(message = "expected an address, https://…")
                    String url) {}

    /**
     * @param active false once it has answered 410 Gone: then it is not called any more
     * @param secret what its calls are signed with; shown when it is made, and never again
     */
    @Schema(name = "Webhook")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record WebhookView(
            UUID id, String url, boolean active, Instant created, Optional<String> secret) {

        static WebhookView of(Webhook webhook, Optional<String> secret) {
            return new WebhookView(
                    webhook.id(), webhook.url(), webhook.active(), webhook.created(), secret);
        }
    }

    @Schema(name = "Delivery")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record DeliveryView(
            UUID id,
            UUID job,
            Delivery.State state,
            int tries,
            OptionalInt status,
            Optional<String> problem,
            Instant created,
            Optional<Instant> tried) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.job(),
                    delivery.state(),
                    delivery.tries(),
                    delivery.status(),
                    delivery.problem(),
                    delivery.created(),
                    delivery.tried());
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listWebhooks", summary = "One's webhooks")
    List<WebhookView> all(@AuthenticationPrincipal SignedIn me) {
        return webhooks.of(me).stream()
                .map(webhook -> WebhookView.of(webhook, Optional.empty()))
                .toList();
    }

    @PostMapping(
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "addWebhook",
            summary = "Makes a webhook, which is told when one's jobs end",
            description =
                    "Calls are signed as Standard Webhooks says, and repeated with longer and longer pauses until they are"
                            + " answered with 2xx.")
    @ApiResponse(responseCode = "201", description = "Made; the secret is shown this once")
    ResponseEntity<WebhookView> add(
            @Valid @RequestBody WebhookRequest body, @AuthenticationPrincipal SignedIn me) {
        Webhooks.Made made = webhooks.add(me, body.url());
        return ResponseEntity.created(URI.create("/api/v1/webhooks/" + made.webhook().id()))
                .body(WebhookView.of(made.webhook(), Optional.of(made.secret())));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeWebhook", summary = "Removes a webhook and its log")
    void remove(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        webhooks.remove(me, id);
    }

    @GetMapping(path = "/{id}/deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listDeliveries",
            summary = "What a webhook was told, or is to be told, the last 100, the last first")
    List<DeliveryView> log(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        return webhooks.log(me, id).stream().map(DeliveryView::of).toList();
    }
}
