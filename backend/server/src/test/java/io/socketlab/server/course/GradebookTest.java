package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The table as CSV, and into files that an LMS has exported. */
class GradebookTest {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final Assignment HANDSHAKE = assignment("The handshake", 10);
    private static final Assignment BYTES = assignment("Where are my bytes?", 20);

    private static Assignment assignment(String title, double points) {
        return new Assignment(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "c1-handshake",
                title,
                1,
                true,
                points,
                Timeline.ALWAYS,
                0,
                List.of(),
                Assignment.Pay.BEST,
                false);
    }

    private static Gradebook.Row row(String name, String email, String id, Double... fractions) {
        var member =
                new Member(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        Optional.empty(),
                        CourseRole.STUDENT,
                        name,
                        Optional.of(email),
                        Optional.of(id),
                        "A",
                        Optional.empty());
        List<Grade> grades = new ArrayList<>();
        List<Assignment> all = List.of(HANDSHAKE, BYTES);
        for (int i = 0; i < all.size(); i++) grades.add(grade(all.get(i), fractions[i]));
        return new Gradebook.Row(member, grades);
    }

    private static Grade grade(Assignment a, Double fraction) {
        List<HandIn> handIns =
                fraction == null
                        ? List.of()
                        : List.of(
                                new HandIn(
                                        a.id(),
                                        UUID.randomUUID(),
                                        UUID.randomUUID(),
                                        "page",
                                        "1",
                                        fraction,
                                        1,
                                        "FAIL",
                                        NOW));
        return new Grade(a, Credit.of(a, handIns), Optional.empty());
    }

    private static Gradebook.Table table() {
        return new Gradebook.Table(
                List.of(HANDSHAKE, BYTES),
                List.of(
                        row("Lovelace, Ada", "ada@example.org", "1815", 0.75, 1.0),
                        row("=HYPERLINK(\"x\")", "bob@example.org", "7", 0.0, null)));
    }

    @Test
    void thePlainTableHasEmptyCellsWhereNothingCountsAndNoFormulas() {
        assertThat(GradebookCsv.write(table(), GradebookCsv.Format.PLAIN))
                .isEqualTo(
                        """
                        name,email,id,section,The handshake,Where are my bytes?,total
                        "Lovelace, Ada",ada@example.org,1815,A,7.5,20,27.5
                        "'=HYPERLINK(""x"")",bob@example.org,7,A,0,,0
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void canvasGetsItsColumnsAndItsRowOfPointsPossible() {
        assertThat(GradebookCsv.write(table(), GradebookCsv.Format.CANVAS).lines())
                .startsWith(
                        "Student,ID,SIS User ID,SIS Login ID,Section,The handshake,Where are my bytes?",
                        "\"    Points Possible\",,,,,10,20");
    }

    @Test
    void aFileOfCanvasComesBackFilledInAndOtherwiseAsItWas() {
        String exported =
                """
                Student,ID,SIS User ID,SIS Login ID,Section,The handshake (4711),Other (12),Final Score
                "    Points Possible",,,,,10,5,(read only)
                "Lovelace, Ada",88,1815,ada,A,,3,
                "Eve",89,99,eve,A,,4,
                """;
        LmsFile filled = LmsFile.fill(exported, table());
        assertThat(filled.csv().replace("\r\n", "\n").replace("\"Eve\"", "Eve"))
                .isEqualTo(exported.replace("ada,A,,3", "ada,A,7.5,3").replace("\"Eve\"", "Eve"));
        assertThat(filled.filled()).isEqualTo(1);
        assertThat(filled.missing()).containsExactly("Where are my bytes?");
        assertThat(filled.strangers()).containsExactly("Eve");
        assertThat(filled.absent()).containsExactly("=HYPERLINK(\"x\")");
    }

    @Test
    void aFileOfMoodleIsMatchedByAddressWhereThereIsNoId() {
        String exported =
                """
                First name,Surname,ID number,Email address,Assignment: Where are my bytes? (Real)
                Ada,Lovelace,,Ada@Example.org,-
                """;
        LmsFile filled = LmsFile.fill(exported, table());
        assertThat(filled.csv()).contains("Ada,Lovelace,,Ada@Example.org,20\r\n");
    }

    @Test
    void aFileWithoutPeopleSaysWhatWasExpected() {
        assertThat(LmsFile.fill("a,b\n1,2\n", table()).problem())
                .isEqualTo(
                        "expected a column SIS User ID, ID number, SIS Login ID or Email address");
        assertThat(LmsFile.fill("", table()).problem()).contains("first line");
    }

    @Test
    void whatIsSetByHandTakesThePlaceOfWhatIsReckoned() {
        var word =
                new Assessment(
                        HANDSHAKE.id(),
                        UUID.randomUUID(),
                        OptionalDouble.of(9),
                        "told in class",
                        Optional.empty(),
                        NOW);
        Grade reckoned = grade(HANDSHAKE, 0.5);
        var set = new Grade(HANDSHAKE, reckoned.credit(), Optional.of(word));
        assertThat(reckoned.text()).isEqualTo("5");
        assertThat(set.text()).isEqualTo("9");
        assertThat(set.marks()).containsExactly("set by hand");
    }
}
