package io.socketlab.lab.cli;

import io.socketlab.lab.grade.Verifier;
import io.socketlab.lab.model.Lab;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketlab verify}. */
@Command(
        name = "verify",
        description =
                "Proves labs: their solutions earn every point and their wrong answers fail as they say, for every seed.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all are proven",
            "1:at least one is not",
            "64:wrong use",
            "65:a lab cannot be understood"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "LAB",
            arity = "0..*",
            description = "ids or folders; all if there is none")
    private List<String> labs = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "64",
            description = "how many seeds of each pool; ${DEFAULT-VALUE}")
    private long seeds;

    @Override
    public Integer call() {
        if (seeds < 1) throw new UsageException("--seeds is " + seeds + ", at least 1 is needed");
        boolean proven = true;
        PrintWriter out = spec.commandLine().getOut();
        for (Lab lab : Labs.findAll(labs)) {
            Verifier.Report report = Verifier.verify(lab, seeds);
            proven &= report.isProven();
            out.printf(
                    "%s %s: %d runs of %d seeds%n",
                    report.isProven() ? "PROVEN" : "FAILED",
                    report.lab(),
                    report.runs(),
                    report.seeds());
            report.problems().forEach(problem -> out.println("  " + problem));
        }
        return proven ? 0 : 1;
    }
}
