package io.socketlab.lab.cli;

import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.capture.Capture;
import io.socketlab.lab.capture.FrameLog;
import io.socketlab.lab.capture.Pcapng;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.lab.run.RunInterface;
import io.socketlab.lab.run.ScriptResult;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.trace.Strace;
import io.socketlab.lab.trace.TraceJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code socketlab run}. */
@Command(
        name = "run",
        description =
                "Runs a script, or C programs, on a lab's network and prints the calls with their results.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;

    @Spec private CommandSpec spec;

    @Mixin private ScriptChoice choice;

    @Mixin private ProgramChoice programs;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "writes the trace there, a JSON object a line; - for standard output")
    private @Nullable String trace;

    @Option(
            names = "--pcapng",
            paramLabel = "FILE",
            description = "writes a capture there, for Wireshark")
    private @Nullable Path pcapng;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "captures one network card only, as client or client.eth0")
    private @Nullable String card;

    @Option(
            names = "--strace",
            paramLabel = "FILE",
            description = "writes the calls of each task there, as strace prints them")
    private @Nullable Path strace;

    @Override
    public Integer call() {
        if (card != null && pcapng == null) throw new UsageException("--interface needs --pcapng");
        if (programs.isEmpty() && !choice.hasScript()) {
            throw new UsageException("expected --script or --program");
        }
        Optional<ProgramAnswer> compiled =
                programs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(programs.read(spec.commandLine().getErr()));
        Lab lab = choice.lab().withAnswers();
        Lab found = compiled.map(answer -> answer.lab(lab)).orElse(lab);
        long seed = choice.seed(found);
        FrameLog frames = FrameLog.unlimited();
        LabRun run =
                pcapng == null ? LabRun.start(found, seed) : LabRun.captured(found, seed, frames);
        compiled.ifPresent(answer -> ProgramRunner.start(run, answer.lines(run.parameters())));
        ScriptResult result = ScriptRunner.run(run, choice.source());
        ProgramRunner.finish(run);
        if (pcapng != null) write(pcapng, chosen(Capture.of(run, frames)));
        if (strace != null) write(strace, Strace.text(run.events()));
        PrintWriter out = spec.commandLine().getOut();
        if (trace != null && trace.equals("-")) {
            out.print(TraceJson.lines(run.events()));
        } else {
            run.events().forEach(event -> print(out, event));
            if (trace != null) write(Path.of(trace), TraceJson.lines(run.events()));
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        for (var d : result.differences()) {
            err.printf(
                    "%s:%d: expected %s, actual %s%n",
                    choice.file(), d.line(), d.expected(), d.actual());
        }
        result.limit().ifPresent(err::println);
        out.print(ProgramRunner.printed(run));
        for (Remark remark : ProgramRunner.remarks(run)) {
            err.printf("%s: %s%n    %s%n", remark.host(), remark.text(), remark.lesson());
        }
        ProgramRunner.standing(run).ifPresent(err::println);
        out.flush();
        return 0;
    }

    private Capture chosen(Capture whole) {
        if (card == null) return whole;
        RunInterface one =
                whole.find(card)
                        .orElseThrow(() ->
                                new UsageException(
                                        "--interface is " + card + "; there is " + names(whole)));
        return whole.only(one);
    }

    private static String names(Capture capture) {
        return capture.interfaces().stream()
                .map(RunInterface::name)
                .collect(Collectors.joining(", "));
    }

    private static void print(PrintWriter out, TraceEvent event) {
        switch (event) {
            case TraceEvent.CallReturned e -> print(out, e.stamp(), e.task(), e.text());
            case TraceEvent.FunctionReturned e -> print(out, e.stamp(), e.task(), e.text());
            case TraceEvent.CommandRun e ->
                    out.printf(
                            "%12.6f %s: %s%n%s%n",
                            e.stamp().at() / NANOS, e.stamp().host(), e.command(), e.output());
            case TraceEvent.JobStarted e ->
                    out.printf(
                            "%12.6f %s: %s%n",
                            e.stamp().at() / NANOS, e.stamp().host(), e.command());
            case TraceEvent.JobPrinted e -> out.print(e.output());
            case TraceEvent.ProgramOutput e ->
                    print(out, e.stamp(), e.task(), e.stream() + ": " + e.text().stripTrailing());
            case TraceEvent.ProgramFaulted e ->
                    print(out, e.stamp(), e.task(), e.signal() + place(e) + ": " + e.message());
            default -> {} // what happens between
        }
    }

    private static String place(TraceEvent.ProgramFaulted fault) {
        return fault.place() == null ? "" : " at " + fault.place();
    }

    private static void print(PrintWriter out, Stamp stamp, int task, String text) {
        out.printf("%12.6f %s.%d: %s%n", stamp.at() / NANOS, stamp.host(), task, text);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written");
        }
    }

    private static void write(Path file, Capture capture) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            Pcapng.write(capture, out);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written");
        }
    }
}
