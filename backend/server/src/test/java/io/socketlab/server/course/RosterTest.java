package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RosterTest {

    @Test
    void columnsComeInAnyOrderUnderTheNamesThatSystemsUse() {
        Roster roster =
                Roster.parse(
                        """
                        SIS User ID,Section,Name,Email Address
                        1815,A,"Lovelace, Ada",Ada@Example.org
                        1906,,Grace,
                        """);
        assertThat(roster.problems()).isEmpty();
        assertThat(roster.rows())
                .containsExactly(
                        new Roster.Row(
                                2,
                                "Lovelace, Ada",
                                Optional.of("ada@example.org"),
                                Optional.of("1815"),
                                Optional.of("A"),
                                CourseRole.STUDENT),
                        new Roster.Row(
                                3,
                                "Grace",
                                Optional.empty(),
                                Optional.of("1906"),
                                Optional.empty(),
                                CourseRole.STUDENT));
    }

    @Test
    void aSpreadsheetsSemicolonsAndMarkAreUnderstood() {
        Roster roster = Roster.parse("\uFEFFname;role\r\nAda;assistant\r\n");
        assertThat(roster.rows())
                .extracting(Roster.Row::role)
                .containsExactly(CourseRole.ASSISTANT);
    }

    @Test
    void everyLineThatCannotBeIsNamedAndNoneIsTaken() {
        Roster roster =
                Roster.parse(
                        """
                        name,email,role
                        Ada,ada@example.org,student
                        ,nobody@example.org,student
                        Bob,bob at example.org,student
                        Eve,eve@example.org,queen
                        Ada II,ADA@example.org,student
                        """);
        assertThat(roster.rows()).isEmpty();
        assertThat(roster.problems())
                .extracting(Roster.Problem::toString)
                .containsExactly(
                        "Line 3: expected a name of 1 to 80 characters",
                        "Line 4: expected an e-mail address, found bob at example.org",
                        "Line 5: expected the role student, assistant, instructor or owner, found queen",
                        "Line 6: Ada II is in an earlier line already");
    }

    @Test
    void aListWithoutNamesSaysWhatItHas() {
        assertThat(Roster.parse("mail,id\na,b\n").problems().getFirst())
                .hasToString("Line 1: expected a column 'name', found mail, id");
        assertThat(Roster.parse("").problems().getFirst())
                .hasToString("Line 1: expected a first line that names the columns");
    }

    @Test
    void aQuoteThatIsNeverClosedIsSaidToBeOne() {
        assertThat(Roster.parse("name\n\"Ada\nBob\n").problems()).hasSize(1);
        assertThat(Roster.parse("name\n\"Ada\nBob\n").rows()).isEmpty();
    }
}
