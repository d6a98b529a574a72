package io.socketlab.server.lab;

import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.grade.AnswerGrader;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.web.ProblemException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Grades at once what is small. A run is bound by the lab's limits, and so many go on at a time as
 * there are processors.
 */
@Service
class GradeService {

    private static final String SCRIPT = "script";
    private static final long PATIENCE_SECONDS = 20;

    private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /**
     * Grades a script.
     *
     * @throws ProblemException if it cannot be understood, or all graders are at work
     */
    ResultDocument grade(Lab lab, long seed, String script) {
        boolean admitted = false;
        try {
            admitted = slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!admitted) throw busy();
            ResultDocument result =
                    new AnswerGrader(lab, seed).grade(new Answer.Script(SCRIPT, script));
            result.formatErrors().stream().findFirst().ifPresent(GradeService::refuse);
            return result.forStudent(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            if (admitted) slots.release();
        }
    }

    private static void refuse(ResultDocument.FormatError error) {
        throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "broken-script",
                        "Broken script",
                        error.text())
                .with("line", error.line())
                .with("column", error.column());
    }

    private static ProblemException busy() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "busy",
                "Busy",
                "All graders are at work. Try again in a few seconds.");
    }
}
