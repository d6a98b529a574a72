package io.socketlab.lab.cli;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import io.socketlab.lab.grade.ScriptGrader;
import io.socketlab.lab.model.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code socketlab grade}. */
@Command(
        name = "grade",
        description = "Grades a script; the result document goes to standard output.",
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

    @Mixin private ScriptChoice choice;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json, junit or gradescope; ${DEFAULT-VALUE}")
    private ResultFormat format;

    @Override
    public Integer call() {
        Lab found = choice.lab();
        ResultDocument result =
                ScriptGrader.grade(
                        found, choice.seed(found), choice.file().toString(), choice.text());
        spec.commandLine().getOut().println(format.write(result));
        return switch (result.verdict()) {
            case PASS -> PASSED;
            case NOT_EXERCISED -> NOT_EXERCISED;
            case FAIL, BLOCKED -> FAILED;
            case ERROR -> Cli.OUR_FAULT;
        };
    }
}
