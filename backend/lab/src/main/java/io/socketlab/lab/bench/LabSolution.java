package io.socketlab.lab.bench;

import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.model.Lab;
import java.util.Optional;

/**
 * A lab with its solution in C.
 *
 * @param lab in which its solutions' programs can be started
 */
record LabSolution(Lab lab, Answer answer) {

    private static final String STARTS = "exec ";

    /** The first of a lab's solutions that starts compiled programs; empty if none does. */
    static Optional<LabSolution> of(Lab lab) {
        return lab.solutions().stream()
                .flatMap(path -> lab.files().read(path).stream())
                .filter(text -> text.lines().anyMatch(line -> line.startsWith(STARTS)))
                .findFirst()
                .map(text -> new LabSolution(lab.withAnswers(), new Answer.Script("in C", text)));
    }
}
