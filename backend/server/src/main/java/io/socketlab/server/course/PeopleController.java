package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Forms;
import io.socketlab.server.web.ProblemException;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Who is in a course: its list, links and rosters, as a page. */
@Controller
@RequestMapping("/courses/{course}")
class PeopleController {

    private static final String PEOPLE = "/people";

    private final Courses courses;
    private final Members members;
    private final Invitations invitations;

    PeopleController(Courses courses, Members members, Invitations invitations) {
        this.courses = courses;
        this.members = members;
        this.invitations = invitations;
    }

    /** A link with its address. */
    record Link(Invitation invitation, String address) {}

    @GetMapping(PEOPLE)
    String all(@PathVariable String course, @AuthenticationPrincipal SignedIn me, Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        CoursePage.add(model, seat, "people");
        model.addAttribute("members", members.of(seat.course()));
        model.addAttribute("roles", roles(seat));
        model.addAttribute(
                "links",
                seat.may(Permission.MANAGE)
                        ? invitations.of(seat.course()).stream()
                                .filter(i -> i.member().isEmpty())
                                .map(i -> new Link(i, address(i)))
                                .toList()
                        : List.of());
        return "course/people";
    }

    private static List<CourseRole> roles(Seat seat) {
        return seat.may(Permission.OWN)
                ? List.of(CourseRole.values())
                : List.of(CourseRole.STUDENT);
    }

    private String address(Invitation invitation) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/join/" + invitations.code(invitation))
                .toUriString();
    }

    @PostMapping(PEOPLE)
    String add(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String section,
            @RequestParam(defaultValue = "student") String role,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        return Forms.post(
                CoursePage.path(seat, PEOPLE),
                once,
                () -> {
                    Member member = members.add(seat, name, email, section, CourseRole.named(role));
                    return member.name() + " is on the list.";
                });
    }

    /** A list that cannot be taken comes back with what is wrong in which line. */
    @PostMapping(PEOPLE + "/roster")
    String roster(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String csv,
            @RequestParam(defaultValue = "true") boolean rehearsal,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Roster roster = Roster.parse(csv);
        model.addAttribute("csv", csv);
        model.addAttribute("rosterProblems", roster.problems());
        if (roster.problems().isEmpty()) {
            try {
                model.addAttribute("imported", members.take(seat, roster, rehearsal));
                model.addAttribute("rehearsal", rehearsal);
            } catch (ProblemException e) {
                model.addAttribute("problem", e.getBody().getDetail());
            }
        }
        return all(course, me, model);
    }

    @PostMapping(PEOPLE + "/{member}")
    String change(
            @PathVariable String course,
            @PathVariable String member,
            @RequestParam(defaultValue = "") String section,
            @RequestParam(defaultValue = "") String role,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Member found = members.one(seat.course(), member);
        return Forms.post(
                CoursePage.path(seat, PEOPLE),
                once,
                () -> {
                    members.change(
                            seat,
                            found,
                            section,
                            role.isEmpty() ? found.role() : CourseRole.named(role));
                    return "Saved.";
                });
    }

    @PostMapping(PEOPLE + "/{member}/remove")
    String remove(
            @PathVariable String course,
            @PathVariable String member,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Member found = members.one(seat.course(), member);
        return Forms.post(
                CoursePage.path(seat, PEOPLE),
                once,
                () -> {
                    members.remove(seat, found);
                    return found.name() + " is off the list.";
                });
    }

    @PostMapping("/invitations")
    String invite(
            @PathVariable String course,
            @RequestParam(defaultValue = "student") String role,
            @RequestParam(defaultValue = "") String section,
            @RequestParam(defaultValue = "30") int days,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        return Forms.post(
                CoursePage.path(seat, PEOPLE),
                once,
                () -> {
                    invitations.open(seat, CourseRole.named(role), section, days);
                    return "";
                });
    }

    @PostMapping("/invitations/{invitation}/revoke")
    String revoke(
            @PathVariable String course,
            @PathVariable String invitation,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        invitations.revoke(seat.course(), invitation);
        return "redirect:" + CoursePage.path(seat, PEOPLE);
    }

    /** A link for each student who has not come yet, to be sent by whoever sends mail. */
    @PostMapping("/invitations.csv")
    ResponseEntity<String> letters(
            @PathVariable String course, @AuthenticationPrincipal SignedIn me) throws IOException {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        var csv = new StringBuilder();
        try (var out = new CSVPrinter(csv, CSVFormat.DEFAULT)) {
            out.printRecord("name", "email", "id", "section", "link");
            for (Member m : members.students(seat.course())) {
                if (m.account().isPresent()) continue;
                out.printRecord(
                        m.name(),
                        m.email().orElse(""),
                        m.sisId().orElse(""),
                        m.section(),
                        address(invitations.personal(seat, m)));
            }
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=invitations.csv")
                .body(csv.toString());
    }
}
