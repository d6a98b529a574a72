package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Joining a course by its link's code, for programs. */
@RestController
@Tag(name = "Courses")
class JoinApi {

    private final Invitations invitations;

    JoinApi(Invitations invitations) {
        this.invitations = invitations;
    }

    @Schema(name = "JoinRequest")
    record JoinRequest(
            @Schema(
                            description = "what stands behind /join/ in the link",
                            example = "0d2c7a54-6a3b-4d0e-9d55-6b7f0f6d2a11.q3V5bXVwZXR0ZXN0MQ")
                    @NotNull(message = "expected a code")
                    String code) {}

    @PostMapping(
            path = "/api/v1/joins",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "joinCourse", summary = "Joins a course; what one is in it then")
    MemberApi.MemberView join(
            @Valid @RequestBody JoinRequest body, @AuthenticationPrincipal SignedIn me) {
        return MemberApi.MemberView.of(invitations.join(me, body.code()));
    }
}
