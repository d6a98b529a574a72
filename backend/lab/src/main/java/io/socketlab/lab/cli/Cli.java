package io.socketlab.lab.cli;

import io.socketlab.lab.grade.BrokenSourceException;
import io.socketlab.lab.grade.Engine;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.script.ScriptException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The verbs of {@code socketlab}. Results go to standard output, problems to standard error as
 * {@code file:line:column: what was expected}. Exit codes: what the verb says, 64 for a wrong use,
 * 65 for a file that cannot be understood, 70 if it is our fault (sysexits.h).
 */
@Command(
        name = "socketlab",
        description = "A web lab for network sockets. Without a command it is the server.",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        subcommands = {
            RunCommand.class,
            GradeCommand.class,
            CompileCommand.class,
            DiffCommand.class,
            VerifyCommand.class,
            NewCommand.class,
            RecordCommand.class,
            PktCommand.class,
            BenchCommand.class,
            ReferenceCommand.class,
            SchemaCommand.class
        })
public final class Cli {

    static final int USAGE = 64;
    static final int DATA = 65;
    static final int OUR_FAULT = 70;

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Engine.version()};
        }
    }

    /** Does what {@code args} say; answers the exit code. */
    public int run(String[] args, PrintStream out, PrintStream err) {
        var command = new CommandLine(new Cli());
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler(Cli::misused);
        command.setExecutionExceptionHandler((e, c, _) -> failed(e, c));
        if (args.length == 0) {
            command.usage(command.getErr());
            return USAGE;
        }
        return command.execute(args);
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println(e.getMessage());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return USAGE;
    }

    private static int failed(Exception e, CommandLine command) {
        return switch (e) {
            case ScriptException script -> say(command, script.getMessage(), DATA);
            case BrokenSourceException source -> say(command, source.getMessage(), DATA);
            case LabException lab -> say(command, lab.getMessage(), DATA);
            case UsageException usage -> say(command, usage.getMessage(), USAGE);
            default -> {
                e.printStackTrace(command.getErr());
                yield OUR_FAULT;
            }
        };
    }

    private static int say(CommandLine command, @Nullable String text, int code) {
        command.getErr().println(text);
        return code;
    }
}
