package io.socketlab.server.lab;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ScriptGrader;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.server.web.ProblemException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

    ResultDocument grade(Lab lab, long seed, String script) {
        return admitted(() -> ScriptGrader.grade(lab, seed, SCRIPT, script).forStudent(false));
    }

    private <T> T admitted(Supplier<T> work) {
        boolean admitted = false;
        try {
            admitted = slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!admitted) throw busy();
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ScriptException e) {
            throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "broken-script",
                            "Broken script",
                            String.valueOf(e.getMessage()))
                    .with("line", e.line())
                    .with("column", e.column());
        } finally {
            if (admitted) slots.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "busy",
                "Busy",
                "All graders are at work. Try again in a few seconds.");
    }
}
