package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.CommandRun;
import io.socketlab.lab.command.CommandResult;
import io.socketlab.lab.command.ShellHost;
import io.socketlab.lab.run.Hands.PlannedCommand;
import java.util.LinkedHashMap;
import java.util.Map;

/** A shell on each host, made when it is first used; the trace has what they print. */
final class Shells {

    /** What of an output is kept, in characters: thousands of sockets are not read anyway. */
    private static final int MAX_OUTPUT = 1 << 16;

    private final Trace trace;
    private final Map<String, ShellHost> hosts = new LinkedHashMap<>();

    Shells(Trace trace) {
        this.trace = trace;
    }

    /** Answers what the command prints, without the end of its last line. */
    String run(Host host, PlannedCommand planned) {
        ShellHost shell = hosts.computeIfAbsent(host.name(), _ -> new ShellHost(host));
        CommandResult result = planned.command().run(shell);
        String output = shortened(result.output());
        if (trace.isOn()) {
            trace.because(0);
            trace.emit(
                    new CommandRun(
                            trace.stamp(host.name()), planned.text(), result.status(), output));
        }
        return output;
    }

    private static String shortened(String output) {
        String text = output.stripTrailing();
        if (text.length() <= MAX_OUTPUT) return text;
        int end = text.lastIndexOf('\n', MAX_OUTPUT);
        long left = text.substring(end + 1).lines().count();
        return text.substring(0, end) + "\n… and " + left + " lines more";
    }
}
