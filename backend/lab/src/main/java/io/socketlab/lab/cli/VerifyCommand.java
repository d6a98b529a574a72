package io.socketlab.lab.cli;

import io.socketlab.lab.grade.Verifier;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
        long start = System.nanoTime();
        List<Verifier.Report> reports = Verifier.verify(Labs.findAll(labs), seeds);
        PrintWriter out = spec.commandLine().getOut();
        for (Verifier.Report report : reports) {
            out.printf(
                    "%s %s: %d runs of %d seeds, %d ms to grade one%n",
                    report.isProven() ? "PROVEN" : "FAILED",
                    report.lab(),
                    report.runs(),
                    report.seeds(),
                    TimeUnit.NANOSECONDS.toMillis(report.gradingNanos()));
            report.problems().forEach(problem -> out.println("  " + problem));
        }
        long runs = reports.stream().mapToLong(Verifier.Report::runs).sum();
        double took = (System.nanoTime() - start) / 1e9;
        out.printf("%d runs in %.1f s, %.0f runs a second%n", runs, took, runs / took);
        return reports.stream().allMatch(Verifier.Report::isProven) ? 0 : 1;
    }
}
