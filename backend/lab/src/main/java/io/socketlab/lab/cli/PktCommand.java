package io.socketlab.lab.cli;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.packetdrill.PacketdrillRunner;
import io.socketlab.lab.packetdrill.Settings;
import io.socketlab.lab.packetdrill.Verdict;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.trace.TraceJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code socketlab pkt}. */
@Command(
        name = "pkt",
        description =
                "Runs packetdrill scripts on the simulated kernel, in virtual time. Any option of packetdrill,"
                        + " such as --tolerance_usecs=10000, can be given and overrides the scripts' own.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all passed or were skipped", "1:at least one failed", "64:wrong use"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PktCommand implements Callable<Integer> {

    private static final String SUFFIX = ".pkt";

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "scripts, or folders with scripts in them")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME=VALUE",
            description = "what a word of the scripts stands for")
    private Map<String, String> defines = new LinkedHashMap<>();

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "writes the trace of the one script there, a JSON object a line")
    private @Nullable Path trace;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "writes there, as Markdown, how many passed and what came of the others")
    private @Nullable Path report;

    @Unmatched private List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Map.Entry<String, String>> settings =
                options.stream().map(PktCommand::setting).toList();
        List<Path> scripts = scripts();
        if (trace != null && scripts.size() != 1) {
            throw new UsageException("--trace is for one script, not " + scripts.size());
        }
        var page = new PktReport();
        int passed = 0;
        int failed = 0;
        int skipped = 0;
        for (Path script : scripts) {
            Verdict verdict = run(script, settings);
            page.add(script, verdict);
            switch (verdict) {
                case Verdict.Passed _ -> passed++;
                case Verdict.Skipped _ -> skipped++;
                case Verdict.Failed _, Verdict.Malformed _ -> failed++;
            }
            out.println(line(script, verdict));
        }
        String skips = skipped == 0 ? "" : ", " + skipped + " skipped";
        out.println(passed + " passed, " + failed + " failed" + skips);
        if (report != null) write(report, page.toString());
        return failed == 0 ? 0 : 1;
    }

    private static String line(Path script, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed _ -> "PASS " + script;
            case Verdict.Skipped skip -> "SKIP " + script + ": " + skip;
            case Verdict.Failed failure -> "FAIL " + script + ": " + failure;
            case Verdict.Malformed malformed -> "FAIL " + malformed;
        };
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written");
        }
    }

    private Verdict run(Path script, List<Map.Entry<String, String>> settings) {
        var events = new ArrayList<TraceEvent>();
        Path parent = script.toAbsolutePath().getParent();
        Verdict verdict =
                PacketdrillRunner.run(
                        Source.of(script.toString(), ScriptFile.read(script)),
                        parent == null ? Path.of(".") : parent,
                        settings,
                        defines,
                        trace == null ? null : events::add,
                        text -> {
                            spec.commandLine().getErr().print(text);
                            spec.commandLine().getErr().flush();
                        });
        if (trace != null) write(trace, TraceJson.lines(events));
        return verdict;
    }

    private static Map.Entry<String, String> setting(String option) {
        if (!option.startsWith("--")) {
            throw new UsageException("expected an option or a script, found " + option);
        }
        int equals = option.indexOf('=');
        String name = equals < 0 ? option.substring(2) : option.substring(2, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        try {
            new Settings().set(name, value);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
        return Map.entry(name, value);
    }

    /** The scripts named, and those in the folders named, in order of name. */
    private List<Path> scripts() {
        var scripts = new ArrayList<Path>();
        for (Path file : files) {
            if (!Files.isDirectory(file)) {
                scripts.add(file);
                continue;
            }
            try (Stream<Path> inside = Files.walk(file)) {
                inside.filter(p -> p.toString().endsWith(SUFFIX)).sorted().forEach(scripts::add);
            } catch (IOException e) {
                throw new UsageException(file + " cannot be read");
            }
        }
        return scripts;
    }
}
