package io.socketlab.server.course;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is in a course, for programs. */
@RestController
@RequestMapping("/api/v1/courses/{course}")
@Tag(name = "Courses")
class MemberApi {

    private final Courses courses;
    private final Members members;
    private final Invitations invitations;

    MemberApi(Courses courses, Members members, Invitations invitations) {
        this.courses = courses;
        this.members = members;
        this.invitations = invitations;
    }

    /**
     * @param sisId what the institution's system calls him
     * @param joined when he came; absent if he has not
     */
    @Schema(name = "Member")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record MemberView(
            UUID id,
            String name,
            Optional<String> email,
            Optional<String> sisId,
            String section,
            @Schema(allowableValues = {"student", "assistant", "instructor", "owner"}) String role,
            Optional<Instant> joined) {

        static MemberView of(Member m) {
            return new MemberView(
                    m.id(),
                    m.name(),
                    m.email(),
                    m.sisId(),
                    m.section(),
                    m.role().name().toLowerCase(Locale.ROOT),
                    m.joined());
        }
    }

    @Schema(name = "MemberRequest")
    record MemberRequest(
            @Schema(example = "Ada Lovelace") @NotNull(message = "expected a name") String name,
            @Schema(example = "ada@example.org") @NotNull(message = "expected an address, or \"\"")
                    String email,
            @Schema(example = "A") @NotNull(message = "expected a section, or \"\"") String section,
            @Schema(example = "student") @NotNull(message = "expected a role") String role) {}

    @Schema(name = "MemberChange")
    record MemberChange(
            @Schema(example = "A") @NotNull(message = "expected a section, or \"\"") String section,
            @Schema(example = "student") @NotNull(message = "expected a role") String role) {}

    @GetMapping(path = "/members", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listMembers", summary = "Who is in a course; for its staff")
    List<MemberView> all(@PathVariable String course, @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        return members.of(seat.course()).stream().map(MemberView::of).toList();
    }

    @PostMapping(
            path = "/members",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "addMember", summary = "Puts somebody on a course's list")
    @ApiResponse(responseCode = "201", description = "He is on the list")
    ResponseEntity<MemberView> add(
            @PathVariable String course,
            @Valid @RequestBody MemberRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Member made =
                members.add(
                        seat,
                        body.name(),
                        body.email(),
                        body.section(),
                        CourseRole.named(body.role()));
        String path = CoursePage.path(seat, "/members/" + made.id());
        return ResponseEntity.created(URI.create("/api/v1" + path)).body(MemberView.of(made));
    }

    @PutMapping(
            path = "/members/{member}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "changeMember", summary = "Changes somebody's section and role")
    MemberView change(
            @PathVariable String course,
            @PathVariable String member,
            @Valid @RequestBody MemberChange body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Member found = members.one(seat.course(), member);
        members.change(seat, found, body.section(), CourseRole.named(body.role()));
        return MemberView.of(members.one(seat.course(), member));
    }

    @DeleteMapping("/members/{member}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeMember", summary = "Takes somebody off a course's list")
    void remove(
            @PathVariable String course,
            @PathVariable String member,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        members.remove(seat, members.one(seat.course(), member));
    }

    /**
     * @param same how many were on the list as they are
     */
    @Schema(name = "RosterImport")
    record ImportView(boolean dryRun, List<String> added, List<String> changed, int same) {}

    @PostMapping(
            path = "/roster",
            consumes = "text/csv",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "takeRoster",
            summary = "Takes a list in as CSV; all of it or nothing",
            description =
                    "Its first line names the columns: name, and any of email, id, section, role. Who is on the list"
                            + " already is known by the id, else by the e-mail address. Nobody is removed.")
    @ApiResponse(responseCode = "200", description = "What was changed, or would be")
    ImportView roster(
            @PathVariable String course,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestBody String csv,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Roster roster = Roster.parse(csv);
        if (!roster.problems().isEmpty()) {
            throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "broken-roster",
                            "Broken roster",
                            roster.problems().getFirst().toString())
                    .with(
                            "problems",
                            roster.problems().stream().map(Roster.Problem::toString).toList());
        }
        Members.Import done = members.take(seat, roster, dryRun);
        return new ImportView(dryRun, done.added(), done.changed(), done.same());
    }

    /**
     * @param code what stands behind {@code /join/} in the link
     */
    @Schema(name = "Invitation")
    record InvitationView(UUID id, String code, String role, String section, Instant expires) {}

    @Schema(name = "InvitationRequest")
    record InvitationRequest(
            @Schema(example = "student") @NotNull(message = "expected a role") String role,
            @Schema(example = "A") @NotNull(message = "expected a section, or \"\"") String section,
            @Schema(example = "30") int days) {}

    @GetMapping(path = "/invitations", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listInvitations", summary = "The links by which people join")
    List<InvitationView> invitations(
            @PathVariable String course, @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        return invitations.of(seat.course()).stream().map(this::view).toList();
    }

    private InvitationView view(Invitation i) {
        return new InvitationView(
                i.id(), invitations.code(i), i.role().word(), i.section(), i.expires());
    }

    @PostMapping(
            path = "/invitations",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "invite", summary = "Makes a link by which people join")
    @ApiResponse(responseCode = "201", description = "Made")
    @ResponseStatus(HttpStatus.CREATED)
    InvitationView invite(
            @PathVariable String course,
            @Valid @RequestBody InvitationRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        return view(
                invitations.open(seat, CourseRole.named(body.role()), body.section(), body.days()));
    }

    @DeleteMapping("/invitations/{invitation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeInvitation", summary = "Makes a link good for nobody")
    void revoke(
            @PathVariable String course,
            @PathVariable String invitation,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        invitations.revoke(seat.course(), invitation);
    }
}
