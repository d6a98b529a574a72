package io.socketlab.lab.cli;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.record.Recorder;
import io.socketlab.lab.script.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketlab record}. */
@Command(
        name = "record",
        description =
                "Runs scripts that do it right with several seeds, and proposes checks that hold in all of these"
                        + " runs, as YAML for lab.yaml.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:proposed", "64:wrong use", "65:a file cannot be understood"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RecordCommand implements Callable<Integer> {

    private static final int FEWEST_SEEDS = 2;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "LAB", description = "id of a lab, or its folder")
    private String lab;

    @Option(
            names = "--script",
            paramLabel = "SCRIPT",
            defaultValue = "solution",
            description =
                    "a script, or a folder of the lab for all that are in it; ${DEFAULT-VALUE}")
    private String script;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "8",
            description = "how many seeds, 2 or more; ${DEFAULT-VALUE}")
    private long seeds;

    @Override
    public Integer call() {
        if (seeds < FEWEST_SEEDS) {
            throw new UsageException(
                    "--seeds is " + seeds + "; what holds with one seed alone is not proposed");
        }
        Lab found = Labs.find(lab).withAnswers();
        spec.commandLine().getOut().print(Recorder.record(found, scripts(found), seeds));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private List<Source> scripts(Lab found) {
        if (Files.isRegularFile(Path.of(script))) {
            return List.of(Source.of(script, ScriptFile.read(Path.of(script))));
        }
        List<String> paths =
                found.files().list(script).stream().filter(p -> p.endsWith(".pkt")).toList();
        if (paths.isEmpty()) {
            throw new UsageException(
                    "there is no script "
                            + script
                            + ", and lab "
                            + found.id()
                            + " has no folder of that name");
        }
        return paths.stream()
                .map(path -> Source.of(path, found.files().read(path).orElse("")))
                .toList();
    }
}
