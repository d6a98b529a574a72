package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.CommandRun;
import io.socketlab.kernel.trace.TraceEvent.JobEnded;
import io.socketlab.kernel.trace.TraceEvent.JobPrinted;
import io.socketlab.kernel.trace.TraceEvent.JobStarted;
import io.socketlab.lab.command.CommandResult;
import io.socketlab.lab.command.HostNames;
import io.socketlab.lab.command.LastingCommand;
import io.socketlab.lab.command.ShellHost;
import io.socketlab.lab.command.ShortCommand;
import io.socketlab.lab.command.Terminal;
import io.socketlab.lab.run.Hands.PlannedCommand;
import io.socketlab.lab.script.AddressBook;
import java.util.LinkedHashMap;
import java.util.Map;

/** A shell on each host, made when it is first used; the trace has what they print. */
final class Shells {

    /** What of an output is kept, in characters: thousands of sockets are not read anyway. */
    private static final int MAX_OUTPUT = 1 << 16;

    private final Network network;
    private final Trace trace;
    private final HostNames names;
    private final Map<String, ShellHost> hosts = new LinkedHashMap<>();
    private int jobs;

    /**
     * @param names what the names of hosts mean
     */
    Shells(Network network, AddressBook names) {
        this.network = network;
        this.trace = network.trace();
        this.names = new BookNames(names);
    }

    /**
     * Answers what the command prints, without the end of its last line; of one that goes on, what
     * it prints at once.
     */
    String run(Host host, PlannedCommand planned) {
        ShellHost shell =
                hosts.computeIfAbsent(host.name(), _ -> new ShellHost(host, network.loop(), names));
        trace.because(0);
        return switch (planned.command()) {
            case ShortCommand command -> result(host, planned.text(), command.run(shell));
            case LastingCommand command -> {
                var job = new Job(host, planned.text());
                command.start(shell, job);
                yield job.printed.toString().stripTrailing();
            }
        };
    }

    private String result(Host host, String text, CommandResult result) {
        String output = shortened(result.output());
        if (trace.isOn()) {
            trace.because(0);
            trace.emit(new CommandRun(trace.stamp(host.name()), text, result.status(), output));
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

    /** A command that goes on. */
    private final class Job implements Terminal {

        private final Host host;
        private final int number;
        private final StringBuilder printed = new StringBuilder();

        Job(Host host, String text) {
            this.host = host;
            this.number = ++jobs;
            if (trace.isOn()) trace.emit(new JobStarted(trace.stamp(host.name()), number, text));
        }

        @Override
        public void print(String lines) {
            if (printed.length() > MAX_OUTPUT) return;
            printed.append(lines);
            String text = printed.length() > MAX_OUTPUT ? lines + "…\n" : lines;
            if (trace.isOn()) trace.emit(new JobPrinted(trace.stamp(host.name()), number, text));
        }

        @Override
        public void exit(int status) {
            if (trace.isOn()) trace.emit(new JobEnded(trace.stamp(host.name()), number, status));
        }
    }
}
