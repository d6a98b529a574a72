package io.socketlab.lab.bench;

import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.model.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A lab with its solution in C.
 *
 * @param lab in which its solutions' programs can be started
 * @param text the script that starts them
 */
record LabSolution(Lab lab, String text) {

    private static final Pattern STARTS = Pattern.compile("(?m)^exec (\\S+) (\\S+) *(.*)$");
    private static final Pattern SAYS = Pattern.compile("(?m)^predict\\((\\w+)\\) = (.*)$");
    private static final Pattern AROUND_TITLE = Pattern.compile(".*/|\\.wasm$");

    /** The first of a lab's solutions that starts compiled programs; empty if none does. */
    static Optional<LabSolution> of(Lab lab) {
        return lab.solutions().stream()
                .flatMap(path -> lab.files().read(path).stream())
                .filter(text -> STARTS.matcher(text).find())
                .findFirst()
                .map(text -> new LabSolution(lab.withAnswers(), text));
    }

    Answer answer() {
        return new Answer.Script("in C", text);
    }

    /** The same as students hand it in, without a script. */
    ProgramAnswer programs() {
        List<ProgramAnswer.Program> programs = new ArrayList<>();
        STARTS.matcher(text).results().map(this::program).forEach(programs::add);
        Map<String, String> said = new TreeMap<>();
        SAYS.matcher(text).results().forEach(says -> said.put(says.group(1), says.group(2)));
        return new ProgramAnswer(programs, said);
    }

    private ProgramAnswer.Program program(MatchResult start) {
        String path = start.group(2);
        byte[] wasm =
                lab.files()
                        .program(path)
                        .orElseThrow(() -> new IllegalStateException("there is no " + path));
        String title = AROUND_TITLE.matcher(path).replaceAll("");
        return ProgramAnswer.Program.made(start.group(1), title, wasm, start.group(3), "", "");
    }
}
