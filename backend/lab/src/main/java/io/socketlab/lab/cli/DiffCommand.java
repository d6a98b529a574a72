package io.socketlab.lab.cli;

import io.socketlab.lab.diff.Divergence;
import io.socketlab.lab.grade.Comparison;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.Source;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketlab diff}. */
@Command(
        name = "diff",
        description =
                "Runs a script beside a reference on the same seed, and shows where the runs first part:"
                        + " what each task and each socket does counts, not when it does it.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing that matters differs",
            "1:something does",
            "64:wrong use",
            "65:a file cannot be understood"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LAB", description = "id of a lab, or its folder")
    private String lab;

    @Parameters(index = "1", paramLabel = "SCRIPT", description = "the script")
    private Path script;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "REFERENCE",
            description = "what it is compared with; the lab's nearest solution without it")
    private @Nullable Path reference;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "which of the lab's variants; ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public Integer call() {
        Lab found = Labs.find(lab).withAnswers();
        ScriptChoice.checkSeed(found, seed);
        Source own = source(script);
        Comparison comparison =
                reference == null
                        ? Comparison.withSolutions(found, seed, own)
                                .orElseThrow(
                                        () -> new UsageException(found.id() + " has no solution"))
                        : Comparison.of(found, seed, own, source(reference));
        print(comparison);
        return comparison.isSame() ? 0 : 1;
    }

    private static Source source(Path file) {
        return Source.of(file.toString(), ScriptFile.read(file));
    }

    private void print(Comparison comparison) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("--- " + comparison.reference());
        out.println("+++ " + script);
        comparison.predictions().forEach(out::println);
        if (comparison.isSame()) out.println("nothing that matters differs");
        comparison.divergence().ifPresent(d -> print(out, d));
        out.flush();
    }

    private static void print(PrintWriter out, Divergence d) {
        out.println("at " + d.who() + ":");
        print(out, " ", d.before());
        d.because().ifPresent(line -> print(out, "because of", List.of(line)));
        print(out, "-", d.reference(), d.referenceAfter());
        print(out, "+", d.ours(), d.after());
    }

    private static void print(
            PrintWriter out,
            String mark,
            Optional<Divergence.Line> first,
            List<Divergence.Line> rest) {
        if (first.isEmpty()) out.println(mark + "           nothing more");
        print(out, mark, first.stream().toList());
        print(out, mark, rest);
    }

    private static void print(PrintWriter out, String mark, List<Divergence.Line> lines) {
        for (Divergence.Line line : lines) {
            out.printf("%s%6d %12.6f  %s%n", mark, line.seq(), line.at() / NANOS, line.text());
        }
    }
}
