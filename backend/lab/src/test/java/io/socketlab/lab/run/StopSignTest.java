package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.grade.AnswerGrader;
import io.socketlab.lab.grade.Verifier;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.StopSign.StoppedException;
import org.junit.jupiter.api.Test;

class StopSignTest {

    private static final Lab LAB =
            LabCatalogue.ofClassPath(StopSignTest.class.getClassLoader())
                    .find("c1-handshake")
                    .orElseThrow();
    private static final String SOLUTION = LAB.files().read("solution/plain.pkt").orElseThrow();

    @Test
    void aRunStopsBetweenTwoEvents() {
        int[] seen = {0};
        var sign = new StopSign();
        LabRun run = sign.over(() -> LabRun.start(LAB, 1));
        run.input("server: socket(AF_INET, SOCK_STREAM, 0)");
        run.input("server: bind(3, *:8080)");
        run.input("server: listen(3, 5)");
        run.input("client: socket(AF_INET, SOCK_STREAM, 0)");
        run.onEvent(_ -> {
            if (++seen[0] == 5) sign.raise();
        });
        assertThatThrownBy(
                        () -> {
                            run.input("client: connect(3, server:8080)");
                            run.input("run");
                        })
                .isInstanceOf(StoppedException.class);
        LabRun whole = LabRun.replay(LAB, 1, run.inputs());
        whole.input("run");
        assertThat(run.events()).hasSizeLessThan(whole.events().size());
        assertThat(whole.events())
                .startsWith(run.events().toArray(new io.socketlab.kernel.trace.TraceEvent[0]));
        assertThatThrownBy(() -> run.input("run")).isInstanceOf(StoppedException.class);
    }

    @Test
    void gradingAndProvingStopAndGiveNoResult() {
        var sign = new StopSign();
        var answer = new Answer.Script("script", SOLUTION);
        var grader = new AnswerGrader(LAB, 1);
        assertThat(sign.over(() -> grader.grade(answer)).gradable()).isTrue();
        sign.raise();
        assertThatThrownBy(() -> sign.over(() -> grader.grade(answer)))
                .isInstanceOf(StoppedException.class);
        assertThatThrownBy(() -> sign.over(() -> Verifier.verify(LAB, 4)))
                .isInstanceOf(StoppedException.class);
        assertThat(grader.grade(answer).gradable()).as("what is under no sign goes on").isTrue();
    }
}
