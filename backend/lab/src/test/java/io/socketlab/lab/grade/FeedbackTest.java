package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a wrong answer, of lab T2: who waits for TIME_WAIT to end. */
class FeedbackTest {

    private ResultDocument result;

    @BeforeEach
    void waitForTimeWait() {
        Lab lab =
                LabCatalogue.ofClassPath(getClass().getClassLoader())
                        .labs()
                        .get("t2-address-in-use");
        String script = lab.files().read("mutants/slept.pkt").orElseThrow();
        result = ScriptGrader.grade(lab, 1, "slept.pkt", script);
    }

    private ResultDocument.Test check(String id) {
        return result.tests().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void aMistakeIsSaidWithTheEventThatShowsIt() {
        assertThat(result.mistakes()).hasSize(1);
        assertThat(result.mistakes().getFirst().text())
                .contains("-1 EADDRINUSE")
                .containsPattern("Event \\d+ told how long: server: bind")
                .contains("is held by socket 2 in TIME_WAIT, for 60 s more.");
    }

    @Test
    void whatHappenedTooLateIsSaidToHaveComeTooLate() {
        ResultDocument.Test restart = check("restart");
        assertThat(restart.expected()).startsWith("step 1 of 7: server: setsockopt(");
        assertThat(restart.actual())
                .startsWith("it came too late: server: setsockopt(3, SOL_SOCKET, SO_REUSEADDR")
                .contains(", and before it: server: bind(3, ");
    }

    @Test
    void theStoryTellsWhoStoodInTheWay() {
        assertThat(check("restart").story())
                .anyMatch(s -> s.text().contains("held by socket 2 in TIME_WAIT"));
    }
}
