package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.trace.TraceSink;
import io.socketlab.lab.script.Script;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.CodeStep;
import io.socketlab.lab.script.Step.CommandStep;
import io.socketlab.lab.script.Step.ExecStep;
import io.socketlab.lab.script.Step.FaultStep;
import io.socketlab.lab.script.Step.OptionStep;
import io.socketlab.lab.script.Step.PacketStep;
import io.socketlab.lab.script.Step.PredictStep;
import io.socketlab.lab.script.Step.ProgramStep;
import io.socketlab.lab.script.Step.QuietStep;
import io.socketlab.lab.script.Step.ShellStep;
import io.socketlab.lab.script.Timing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one script: makes its calls, puts its packets on the wire, and compares what the host sends
 * and returns, and when, with what the script says. Times are virtual, so a script takes no longer
 * than its events do, and the same script always ends the same.
 *
 * <p>A relative time counts from when the step before was over; between two packets put on the
 * wire, from when the first was to be.
 */
public final class PacketdrillRunner {

    private static final long SEED = 1;

    /** How long beyond its time a packet is waited for. */
    private static final long PATIENCE = 2_000_000_000L;

    private final Settings settings;
    private final HostUnderTest host;
    private final Shell shell;
    private final CallRunner calls;
    private final PacketRunner packets;
    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final Consumer<String> printed;

    /** The step before: when it was to happen, and whether it put a packet on the wire. */
    private long before;

    private boolean beforeWasInjected;

    /** When the last thing that the script did was to be done. */
    private long clock;

    private boolean first = true;

    private PacketdrillRunner(
            Source source,
            Settings settings,
            Path folder,
            @Nullable TraceSink trace,
            Consumer<String> printed) {
        this.settings = settings;
        this.host = new HostUnderTest(settings, SEED, trace);
        this.shell = new Shell(host, folder);
        var tracking = new Tracking(settings);
        this.calls = new CallRunner(source, settings, host, tracking);
        this.packets = new PacketRunner(settings, host, tracking);
        this.printed = printed;
    }

    /**
     * Runs a script.
     *
     * @param text of the script
     * @param folder in which it lies, for the files it names
     * @param commandLine options that come after the script's own, each {@code name} to value
     * @param defines words and what they stand for, beyond the usual ones
     * @param trace takes the trace; null for none
     * @param printed takes what its code blocks print
     */
    public static Verdict run(
            Source text,
            Path folder,
            List<Map.Entry<String, String>> commandLine,
            Map<String, String> defines,
            @Nullable TraceSink trace,
            Consumer<String> printed) {
        var settings = new Settings();
        for (var option : commandLine) {
            if (option.getKey().equals("ip_version")) {
                settings.suiteFor(IpVersion.of(option.getValue()));
            }
        }
        settings.defines().putAll(defines);
        try {
            Source source = text.define(settings.defines());
            Script script = Script.packetdrill(source);
            for (Step step : script.steps()) {
                if (step instanceof OptionStep option) set(settings, source, option);
            }
            commandLine.forEach(option -> settings.set(option.getKey(), option.getValue()));
            try {
                settings.complete();
            } catch (IllegalArgumentException e) {
                return new Verdict.Malformed(String.valueOf(e.getMessage()));
            }
            return new PacketdrillRunner(source, settings, folder, trace, printed).run(script);
        } catch (ScriptException e) {
            return new Verdict.Malformed(String.valueOf(e.getMessage()));
        } catch (Unsupported e) {
            return new Verdict.Skipped(e.needs());
        }
    }

    private static void set(Settings settings, Source source, OptionStep option) {
        try {
            settings.set(option.name(), option.value().orElse(""));
        } catch (IllegalArgumentException e) {
            throw new ScriptException(
                    source.file(),
                    option.position(),
                    "--" + option.name() + ": " + String.valueOf(e.getMessage()));
        }
    }

    private Verdict run(Script script) {
        List<Step> steps = new ArrayList<>(script.steps());
        steps.removeIf(OptionStep.class::isInstance);
        int line = 1;
        try {
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                line = step.position().line();
                boolean isEdge = i == 0 || i == steps.size() - 1;
                if (step instanceof CommandStep command && step.time().isEmpty() && isEdge) {
                    edgeCommand(command, i == 0);
                } else {
                    run(script.source(), step);
                }
            }
            calls.finish();
        } catch (Mismatch e) {
            return new Verdict.Failed(line, e.expected(), e.actual());
        } catch (CallRunner.LateMismatch e) {
            return new Verdict.Failed(e.line(), e.expected(), e.actual());
        }
        return new Verdict.Passed();
    }

    private void edgeCommand(CommandStep command, boolean atStart) {
        boolean success = shell.run(command.command());
        if (atStart && !success) throw new Mismatch("the command to succeed", shell.complaint());
    }

    private void run(Source source, Step step) {
        Timing timing =
                step.time()
                        .orElseThrow(() ->
                                new ScriptException(
                                        source.file(),
                                        step.position(),
                                        "expected a time in front of the step, such as +0"));
        boolean injects = step instanceof PacketStep packet && packet.inbound();
        long base = injects && beforeWasInjected ? before : Math.max(clock, host.now());
        Schedule schedule = Schedule.of(timing, base);
        if (first && schedule.from() != 0) {
            throw new ScriptException(
                    source.file(), timing.position(), "expected the first step at time 0");
        }
        long tolerance = first ? settings.tolerance : tolerance(settings, schedule.from() - before);
        switch (step) {
            case PacketStep packet when packet.inbound() -> {
                start("inbound packet", schedule, tolerance);
                packets.inject(packet.packet());
            }
            case PacketStep packet ->
                    packets.expect(packet.packet(), schedule, tolerance, schedule.to() + PATIENCE);
            case CallStep call -> calls.run(call, schedule, tolerance);
            case CommandStep command -> {
                start("command", schedule, tolerance);
                if (!shell.run(command.command())) {
                    throw new Mismatch("the command to succeed", shell.complaint());
                }
            }
            case CodeStep code -> {
                start("code", schedule, tolerance);
                code(code);
            }
            case QuietStep _, PredictStep _, ProgramStep _, FaultStep _, ExecStep _ ->
                    throw new ScriptException(
                            source.file(), step.position(), "expected a call or a packet");
            case ShellStep command ->
                    throw new ScriptException(
                            source.file(),
                            command.position(),
                            "expected a command in back-ticks: `" + command.command() + "`");
            case OptionStep option -> throw new IllegalStateException(option.name());
        }
        if (!(step instanceof PacketStep) || injects) clock = Math.max(clock, schedule.from());
        before = schedule.from();
        beforeWasInjected = injects;
        first = false;
    }

    private void start(String what, Schedule schedule, long tolerance) {
        host.advanceTo(schedule.from());
        schedule.check(what, Math.max(schedule.from(), host.now()), tolerance);
    }

    private void code(CodeStep step) {
        try {
            String text = new CodeBlock(step.code(), variables, calls.snapshot()).run();
            if (!text.isEmpty()) printed.accept(text);
        } catch (CodeException e) {
            throw new CallRunner.LateMismatch(
                    step.position().line() + e.line(), "assertion to hold", e.problem());
        }
    }

    /** The least tolerance, or a part of the time since the step before. */
    static long tolerance(Settings settings, long since) {
        return Math.max(settings.tolerance, (long) (settings.tolerancePercent / 100 * since));
    }
}
