package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.script.ScriptException;
import org.junit.jupiter.api.Test;

/** What is said before the run is compared with what the run comes to. */
class PredictionTest {

    private final Lab lab =
            LabCatalogue.ofClassPath(getClass().getClassLoader()).find("c3-backlog").orElseThrow();

    private ResultDocument.Test prediction(String line) {
        String solution = lab.file("solution/plain.pkt", 1).orElseThrow();
        String script = solution.replaceFirst("predict\\(waiting\\) = [0-9]+\n", line);
        return ScriptGrader.grade(lab, 1, "mine.pkt", script).tests().stream()
                .filter(test -> test.id().equals("waiting"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRightOneEarnsItsPoints() {
        ResultDocument.Test test = prediction("predict(waiting) = 3\n");
        assertThat(test.status()).isEqualTo(Verdict.PASS);
        assertThat(test.score()).isEqualTo(1);
    }

    @Test
    void aWrongOneIsToldWhatItWas() {
        ResultDocument.Test test = prediction("predict(waiting) = 2\n");
        assertThat(test.status()).isEqualTo(Verdict.FAIL);
        assertThat(test.expected()).isEqualTo("2, as you said");
        assertThat(test.output()).isEqualTo("it was 3");
    }

    @Test
    void whatCanOnlyGrowIsDecidedOnceItIsMoreThanWasSaid() {
        assertThat(prediction("predict(waiting) = 2\n").open()).isFalse();
        assertThat(prediction("predict(waiting) = 4\n").open()).isTrue();
    }

    @Test
    void oneOfAnotherKindIsToldWhatToSay() {
        assertThat(prediction("predict(waiting) = 3s\n").output())
                .isEqualTo("it was 3; say a number without a unit, as in 4");
    }

    @Test
    void oneThatWasNotMadeIsNotExercised() {
        assertThat(prediction("").status()).isEqualTo(Verdict.NOT_EXERCISED);
    }

    @Test
    void itComesBeforeTheFirstCallAndNamesSomethingThatIsAsked() {
        LabRun run = LabRun.start(lab, 1);
        assertThatThrownBy(() -> run.input("predict wating 3"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("did you mean 'waiting'");
        assertThat(run.input("predict waiting 3").text())
                .contains("You say that waiting will be 3.");
        run.input("server: socket(AF_INET, SOCK_STREAM, 0)");
        assertThatThrownBy(() -> run.input("predict waiting 4"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("the run has begun");
        assertThat(LabRun.replay(lab, 1, run.inputs()).predictions()).isEqualTo(run.predictions());
    }
}
