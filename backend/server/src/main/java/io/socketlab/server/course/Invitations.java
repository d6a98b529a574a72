package io.socketlab.server.course;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import io.socketlab.server.account.AccountService;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.Hmac;
import io.socketlab.server.web.ProblemException;
import io.socketlab.server.web.ServerSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Links by which people join. Their codes are an id and its HMAC, so that whoever reads the
 * database cannot join by what stands there.
 */
@Service
class Invitations {

    private static final int MAC_OCTETS = 15;
    private static final int LONGEST_DAYS = 366;

    private final JdbcClient jdbc;
    private final ServerSecret secret;
    private final CourseStore courses;
    private final MemberStore members;
    private final Members joining;
    private final AccountService accounts;
    private final Clock clock;

    Invitations(
            JdbcClient jdbc,
            ServerSecret secret,
            CourseStore courses,
            MemberStore members,
            Members joining,
            AccountService accounts,
            Clock clock) {
        this.jdbc = jdbc;
        this.secret = secret;
        this.courses = courses;
        this.members = members;
        this.joining = joining;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * A link for many, who come in with a role.
     *
     * @throws ProblemException if the member may not make such a one
     */
    Invitation open(Seat seat, CourseRole role, String section, int days) {
        if (role.isStaff() && !seat.may(Permission.OWN)) {
            throw Refusals.notYours(Permission.OWN, seat.member().role());
        }
        if (days < 1 || days > LONGEST_DAYS) {
            throw Refusals.invalid(
                    "Parameter 'days': expected 1 to %d, found %d.".formatted(LONGEST_DAYS, days));
        }
        return add(
                new Invitation(
                        UUID.randomUUID(),
                        seat.course().id(),
                        Optional.empty(),
                        role,
                        Courses.words("section", section, 0, 40),
                        now().plus(Duration.ofDays(days))));
    }

    /**
     * The link for one of the list, which is the same as long as it is good.
     *
     * @throws ProblemException if he is staff and the member may not invite staff
     */
    Invitation personal(Seat seat, Member member) {
        if (member.role().isStaff() && !seat.may(Permission.OWN)) {
            throw Refusals.notYours(Permission.OWN, seat.member().role());
        }
        return of(seat.course()).stream()
                .filter(i -> i.member().filter(member.id()::equals).isPresent())
                .findFirst()
                .orElseGet(() ->
                        add(
                                new Invitation(
                                        UUID.randomUUID(),
                                        seat.course().id(),
                                        Optional.of(member.id()),
                                        member.role(),
                                        member.section(),
                                        now().plus(Duration.ofDays(LONGEST_DAYS)))));
    }

    private Invitation add(Invitation i) {
        jdbc.sql(
                        """
                        insert into course_invitation (id, course_id, member_id, role, section, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(i.id(), i.course())
                .param(i.member().orElse(null))
                .params(i.role().name(), i.section(), time(now()), time(i.expires()))
                .update();
        return i;
    }

    /** Those of a course that are good yet, the last first. */
    List<Invitation> of(Course course) {
        return jdbc.sql(
                        "select * from course_invitation where course_id = ? and expires_at > ? order by created_at desc, id")
                .params(course.id(), time(now()))
                .query(Invitations::invitation)
                .list();
    }

    /** Makes a link good for nobody. */
    void revoke(Course course, String id) {
        UUID which = Refusals.uuid(id, unknown());
        jdbc.sql("delete from course_invitation where id = ? and course_id = ?")
                .params(which, course.id())
                .update();
    }

    /** What stands behind {@code /join/} in its link. */
    String code(Invitation invitation) {
        return invitation.id() + "." + mac(invitation.id());
    }

    /** What a code leads to. */
    record Invited(Course course, Invitation invitation, Optional<Member> member) {}

    /**
     * What a code leads to.
     *
     * @throws ProblemException if it leads to nothing, or does so no more
     */
    Invited find(String code) {
        int dot = code.indexOf('.');
        if (dot < 0) throw unknown();
        UUID id = Refusals.uuid(code.substring(0, dot), unknown());
        byte[] given = code.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, mac(id).getBytes(StandardCharsets.UTF_8))) {
            throw unknown();
        }
        Invitation invitation =
                jdbc.sql("select * from course_invitation where id = ? and expires_at > ?")
                        .params(id, time(now()))
                        .query(Invitations::invitation)
                        .optional()
                        .orElseThrow(Invitations::unknown);
        Course course = courses.find(invitation.course()).orElseThrow(Invitations::unknown);
        if (course.archived()) throw Refusals.archived();
        return new Invited(course, invitation, invitation.member().flatMap(members::find));
    }

    /**
     * Somebody joins by a code.
     *
     * @throws ProblemException if he cannot
     */
    Member join(SignedIn me, String code) {
        Invited invited = find(code);
        if (me.guest()) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "guest",
                    "Not for guests",
                    "A course has to know you again: sign up first; what you have done stays yours.");
        }
        if (invited.member().isPresent()) return joining.claim(invited.member().get(), me);
        Invitation by = invited.invitation();
        String login = accounts.login(me.id()).orElse("");
        return joining.join(invited.course(), me, login, by.role(), by.section());
    }

    private static ProblemException unknown() {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-invitation",
                "No invitation",
                "This link leads to no course, or does so no more. Ask for another.");
    }

    private String mac(UUID id) {
        byte[] whole = Hmac.of(secret.named("invitation"), id.toString());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(whole, MAC_OCTETS));
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }

    private static Invitation invitation(ResultSet row, int n) throws SQLException {
        return new Invitation(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                Optional.ofNullable(row.getObject("member_id", UUID.class)),
                CourseRole.valueOf(row.getString("role")),
                row.getString("section"),
                instant(row, "expires_at"));
    }
}
