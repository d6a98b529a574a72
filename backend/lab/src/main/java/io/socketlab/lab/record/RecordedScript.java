package io.socketlab.lab.record;

import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.CallEntered;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.script.Faults;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a script of the input log of a run: its calls with what they have returned, and the
 * parameters of its seed by their names, so that the script does the same with every seed.
 */
public final class RecordedScript {

    private static final String LOG = "log";

    /** Smaller numbers are descriptors and flags more often than they are parameters. */
    private static final long LEAST_PARAMETER = 32;

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?![\\w.])");
    private static final Pattern PREDICTION = Pattern.compile("predict (\\S+) (\\S+)");
    private static final Pattern RUN = Pattern.compile("(?:run|step)(?: .*)?");
    private static final Pattern QUESTION = Pattern.compile("(?:cost|skip)(?: .*)?");
    private static final Pattern NO_STEP = Pattern.compile("(exec|start|interrupt)(?: .*)?");
    private static final Pattern FAULT =
            Pattern.compile(
                    "(" + String.join("|", Faults.NAMES) + ") (packet \\d+|\\S+)(?: (.*))?");

    private final LabRun run;
    private final Map<String, String> parameters;
    private final List<Line> lines = new ArrayList<>();

    /** How many of the lines say what will happen: the first ones. */
    private int said;

    /** When the next call is made, if it is not as soon as it can be: virtual nanoseconds. */
    private @Nullable Long at;

    /**
     * A line of the script.
     *
     * @param call that it makes, by its event; 0 if it makes none
     */
    private record Line(String text, int call) {}

    private RecordedScript(LabRun run) {
        this.run = run;
        this.parameters = names(run.parameters());
    }

    /**
     * The script.
     *
     * @param lines of the log, in order
     * @throws ScriptException at a line that cannot be done, or not in a script
     */
    public static String of(Lab lab, long seed, List<String> lines) {
        var script = new RecordedScript(LabRun.start(lab, seed));
        for (int i = 0; i < lines.size(); i++) script.add(lines.get(i), i + 1);
        return script.text(seed);
    }

    /** The numbers that are a parameter's, and no other's. */
    private static Map<String, String> names(Parameters parameters) {
        var names = new HashMap<String, String>();
        var ambiguous = new ArrayList<String>();
        parameters
                .values()
                .forEach((name, value) -> {
                    if (!(value instanceof Value.Int(var n)) || n < LEAST_PARAMETER) return;
                    if (names.put(Long.toString(n), "{{" + name + "}}") != null) {
                        ambiguous.add(Long.toString(n));
                    }
                });
        ambiguous.forEach(names::remove);
        return names;
    }

    private void add(String line, int number) {
        if (NO_STEP.matcher(line).matches()) {
            throw new ScriptException(
                    LOG,
                    new Position(number, 1),
                    "expected calls, commands, faults and time: a script has no '" + line + "'");
        }
        int before = run.events().size();
        run.input(line);
        Matcher prediction = PREDICTION.matcher(line);
        Matcher fault = FAULT.matcher(line);
        if (prediction.matches()) {
            said++;
            lines.add(
                    said - 1, // before the first call, wherever the run has asked
                    new Line(
                            "predict(%s) = %s"
                                    .formatted(prediction.group(1), named(prediction.group(2))),
                            0));
        } else if (RUN.matcher(line).matches()) {
            passed(line);
        } else if (fault.matches()) {
            lines.add(new Line(fault(fault), 0));
        } else if (!QUESTION.matcher(line).matches()) {
            call(line, before);
        }
    }

    /** Until nothing was under way the script says so; else when the next call is made. */
    private void passed(String line) {
        if (line.equals("run")) {
            at = null;
            lines.add(new Line("quiet()", 0));
        } else {
            at = run.now();
        }
    }

    private static String fault(Matcher fault) {
        String first = fault.group(2).replace("packet ", "");
        Optional<String> rest = Optional.ofNullable(fault.group(3));
        return fault.group(1) + "(" + first + rest.map(r -> ", \"" + r + "\"").orElse("") + ")";
    }

    private void call(String line, int before) {
        String time =
                at == null
                        ? ""
                        : BigDecimal.valueOf(at, 9).stripTrailingZeros().toPlainString() + " ";
        at = null;
        int call =
                run.events().stream()
                        .skip(before)
                        .filter(CallEntered.class::isInstance)
                        .map(CallEntered.class::cast)
                        .mapToInt(CallEntered::call)
                        .findFirst()
                        .orElse(0);
        lines.add(new Line(time + named(line), call));
    }

    private String named(String text) {
        return NUMBER.matcher(text)
                .replaceAll(m ->
                        Matcher.quoteReplacement(parameters.getOrDefault(m.group(), m.group())));
    }

    private String text(long seed) {
        var results = new HashMap<Integer, String>();
        var madeAgain = new HashMap<String, Integer>(); // by task, what the line has made
        var lineOf = new HashMap<Integer, Integer>(); // by call, what the line has made
        for (TraceEvent event : run.events()) {
            if (event instanceof CallEntered entered) {
                Integer first = madeAgain.remove(task(entered.stamp(), entered.task()));
                if (first != null) lineOf.put(entered.call(), first);
            } else if (event instanceof CallReturned returned) {
                int call = lineOf.getOrDefault(returned.call(), returned.call());
                if (returned.isMadeAgain()) {
                    madeAgain.put(task(returned.stamp(), returned.task()), call);
                } else {
                    results.putIfAbsent(call, result(returned));
                }
            }
        }
        var text = new StringBuilder("// Recorded from a run with seed " + seed + ".\n");
        for (Line line : lines) {
            text.append(line.text);
            if (line.call > 0) text.append(results.getOrDefault(line.call, ""));
            text.append('\n');
        }
        return text.toString();
    }

    private static String task(Stamp stamp, int task) {
        return stamp.host() + "." + task;
    }

    private String result(CallReturned call) {
        String errno = call.errno();
        if (errno != null) return " = -1 " + errno;
        return " = " + named(Long.toString(call.result()));
    }
}
