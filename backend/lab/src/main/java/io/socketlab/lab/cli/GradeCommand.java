package io.socketlab.lab.cli;

import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.grade.AnswerGrader;
import io.socketlab.lab.grade.BrokenSourceException;
import io.socketlab.lab.grade.InputLog;
import io.socketlab.lab.grade.ManySeeds;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.ScriptException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketlab grade}. */
@Command(
        name = "grade",
        description =
                "Grades a script, compiled C programs, or the recorded input log of a bench. The result goes to standard output,"
                        + " always: what cannot be understood, and what we fail at, has one too.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:passed",
            "1:failed",
            "2:not exercised",
            "64:wrong use",
            "65:a file cannot be understood",
            "70:our fault"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GradeCommand implements Callable<Integer> {

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int NOT_EXERCISED = 2;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LAB", description = "id of a lab, or its folder")
    private String lab;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LOG",
            description =
                    "an input log: JSON lines as the server gives them out, or a line for each input")
    private @Nullable Path log;

    @Option(names = "--script", paramLabel = "FILE", description = "a script, in place of a log")
    private @Nullable Path script;

    @Mixin private ProgramChoice programs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "which of the lab's variants; if left out, what the log says, else 1")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "with how many seeds to grade, from --seed on; the worst result is the result,"
                            + " and names the seeds that did not pass; ${DEFAULT-VALUE}")
    private int seeds;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}")
    private ResultFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "where the result goes instead")
    private @Nullable Path output;

    @Override
    public Integer call() {
        Lab found = Labs.find(lab);
        ResultDocument result = grade(found);
        write(format.write(result));
        PrintWriter err = spec.commandLine().getErr();
        result.formatErrors().forEach(error -> err.println(error.text()));
        if (!result.formatErrors().isEmpty()) return Cli.DATA;
        return switch (result.verdict()) {
            case PASS -> PASSED;
            case NOT_EXERCISED -> NOT_EXERCISED;
            case FAIL, BLOCKED -> FAILED;
            case ERROR -> Cli.OUR_FAULT;
        };
    }

    private ResultDocument grade(Lab of) {
        if (!programs.isEmpty() && script == null && log == null) {
            return gradePrograms(of);
        }
        if (script != null && log == null && programs.isEmpty()) {
            return grade(of, new Answer.Script(script.toString(), ScriptFile.read(script)));
        }
        if (log != null && seeds != 1) {
            throw new UsageException("--seeds is for scripts and programs: a log is of one seed");
        }
        if (log != null && script == null && programs.isEmpty()) return grade(of, log);
        throw new ParameterException(
                spec.commandLine(),
                "expected one of --script FILE, --program 'HOST=FILE' and LOG, an input log");
    }

    private ResultDocument gradePrograms(Lab of) {
        try {
            return grade(of, new Answer.Programs(programs.read(spec.commandLine().getErr())));
        } catch (BrokenSourceException e) {
            return grader(of, 1).unreadable(e);
        }
    }

    private ResultDocument grade(Lab of, Answer answer) {
        int pool = of.variants().pool();
        if (seeds < 1 || seeds > pool) {
            throw new UsageException(
                    "--seeds is " + seeds + "; lab " + of.id() + " has 1 to " + pool);
        }
        return new ManySeeds(of, seed(of, 1), seeds).grade(answer);
    }

    private ResultDocument grade(Lab of, Path file) {
        InputLog recorded;
        try {
            recorded = InputLog.parse(file.toString(), ScriptFile.read(file));
        } catch (ScriptException e) {
            return grader(of, 1).unreadable(e);
        }
        recorded.origin().ifPresent(origin -> checkLab(of, file, origin));
        return grader(of, recorded.origin().map(InputLog.Origin::seed).orElse(1L))
                .grade(new Answer.Recorded(recorded));
    }

    /**
     * @param otherwise the seed if none is given
     */
    private AnswerGrader grader(Lab of, long otherwise) {
        return new AnswerGrader(of, seed(of, otherwise));
    }

    private long seed(Lab of, long otherwise) {
        long chosen = seed == null ? otherwise : seed;
        ScriptChoice.checkSeed(of, chosen);
        return chosen;
    }

    private static void checkLab(Lab of, Path file, InputLog.Origin origin) {
        if (origin.lab().equals(of.id())) return;
        throw new UsageException(
                "%s is of lab %s, not of %s".formatted(file, origin.lab(), of.id()));
    }

    private void write(String text) {
        if (output == null) {
            spec.commandLine().getOut().print(text.endsWith("\n") ? text : text + "\n");
            spec.commandLine().getOut().flush();
            return;
        }
        try {
            Files.writeString(output, text);
        } catch (IOException e) {
            throw new UsageException(output + " cannot be written");
        }
    }
}
