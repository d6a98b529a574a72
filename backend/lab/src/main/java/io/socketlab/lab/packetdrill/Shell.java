package io.socketlab.lab.packetdrill;

import io.socketlab.lab.command.CommandResult;
import io.socketlab.lab.packetdrill.ShellWords.SimpleCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Does what the shell commands of a script would do to a real machine, where it means something to
 * a simulated one; of anything else it says that it is needed and not to be had.
 */
final class Shell {

    private static final int MOST_NESTED = 8;

    /** Octets of a file of commands. */
    private static final int LONGEST_FILE = 1 << 16;

    private final Machine machine;
    private final Path folder;
    private final NetworkCommands network;

    /** Files that run one another, as deep as this. */
    private int nested;

    private String complaint = "it failed";

    /** What the last command printed, for the one behind the pipe. */
    private String output = "";

    /**
     * @param folder in which the script lies
     */
    Shell(Machine machine, Path folder) {
        this.machine = machine;
        this.folder = folder;
        this.network = new NetworkCommands(machine);
    }

    /**
     * Runs {@code text}; answers whether its last command succeeded.
     *
     * @throws Unsupported if it asks for something that a simulated host does not have
     */
    boolean run(String text) {
        boolean success = true;
        for (SimpleCommand command :
                new ShellWords(text, Map.of("PPID", "1", "PACKETDRILL_PID", "1")).commands()) {
            boolean skip =
                    command.joint().equals("&&") && !success
                            || command.joint().equals("||") && success;
            if (!skip) success = attempt(command);
        }
        return success;
    }

    /** What the command said that failed last. */
    String complaint() {
        return complaint;
    }

    private boolean attempt(SimpleCommand command) {
        try {
            complaint = "it failed";
            return run(command);
        } catch (CommandFailure e) {
            complaint = e.complaint();
            return false;
        }
    }

    private boolean run(SimpleCommand command) {
        List<String> words = command.words();
        String program = words.getFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        List<String> arguments = words.subList(1, words.size());
        if (name.startsWith("sysctl_restore")) return true; // what was set is forgotten anyway
        return switch (name) {
            case "sysctl" -> sysctl(arguments);
            case "set_sysctls.py" -> setSysctls(arguments);
            case "defaults.sh" -> defaults(program);
            case ".", "source" -> !arguments.isEmpty() && defaults(arguments.getFirst());
            case "echo" -> echo(arguments, command.redirections());
            case "nstat", "ss", "netstat", "cat" -> ask(words);
            case "grep" -> grep(command, arguments);
            case "ip", "ifconfig", "tc", "ethtool" -> network.run(name, arguments);
            case "rm" -> remove(arguments);
            case "dd" -> copy(arguments);
            case "true", ":", "sleep", "sync", "modprobe", "date" -> true;
            case "false" -> false;
            default -> throw new Unsupported("the program " + name);
        };
    }

    private boolean remove(List<String> arguments) {
        for (String argument : arguments) {
            if (!argument.startsWith("-")) machine.removeFile(argument);
        }
        return true;
    }

    /** {@code dd bs=1 count=5 if=/dev/zero of=/tmp/file}: a file of zeros. */
    private boolean copy(List<String> arguments) {
        var operands = new LinkedHashMap<String, String>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) throw new Unsupported("dd " + argument);
            operands.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        String to = operands.get("of");
        if (to == null || !"/dev/zero".equals(operands.get("if"))) {
            throw new Unsupported("dd other than from /dev/zero to a file");
        }
        long octets =
                CommandFailure.unitsOf("dd", operands.getOrDefault("bs", "512"))
                        * CommandFailure.unitsOf("dd", operands.getOrDefault("count", "1"));
        if (octets > machine.fileRoom()) {
            throw new CommandFailure("dd: error writing '" + to + "': No space left on device");
        }
        machine.file(to, new byte[(int) octets]);
        return true;
    }

    private boolean ask(List<String> words) {
        var line = new StringJoiner(" ");
        for (String word : words) line.add(word.matches("[^\\s'\"]+") ? word : "'" + word + "'");
        CommandResult result = machine.ask(line.toString());
        output = result.output();
        return result.status() == 0;
    }

    /** Of what came through the pipe, or of files of /proc. */
    private boolean grep(SimpleCommand command, List<String> arguments) {
        Grep grep = Grep.read(arguments);
        String found = "";
        if (grep.files().isEmpty()) {
            if (!command.joint().equals("|")) throw new Unsupported("grep without input");
            askForCounter(grep.pattern().pattern());
            found = grep.filter(output);
        }
        for (String file : grep.files()) found += grep.filter(machine.ask("cat " + file).output());
        output = grep.quiet() ? "" : found;
        if (grep.counting()) output = found.lines().count() + "\n";
        return !found.isEmpty();
    }

    /** A name that no kernel of ours counts under is not the same as a count of 0. */
    private void askForCounter(String pattern) {
        boolean isName = pattern.matches("[A-Z]\\w+");
        if (isName && output.startsWith("#kernel") && !machine.hasCounter(pattern)) {
            throw new Unsupported("the counter " + pattern);
        }
    }

    private boolean sysctl(List<String> arguments) {
        boolean ignoreUnknown = false;
        var settings = new ArrayList<String>();
        for (String argument : arguments) {
            if (argument.startsWith("-")) ignoreUnknown |= argument.contains("e");
            else settings.add(argument);
        }
        boolean success = true;
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 0) continue; // only asks
            String name = dotted(setting.substring(0, equals));
            if (!machine.hasSysctl(name)) {
                if (!ignoreUnknown) {
                    complaint = "there is no setting " + name;
                    success = false;
                }
                continue;
            }
            success &= set(name, setting.substring(equals + 1));
        }
        return success;
    }

    private boolean set(String name, String value) {
        try {
            machine.sysctl(name, value);
            return true;
        } catch (IllegalArgumentException e) {
            complaint = String.valueOf(e.getMessage());
            return false;
        }
    }

    private static String dotted(String name) {
        String path = name.startsWith("/proc/sys/") ? name.substring("/proc/sys/".length()) : name;
        return path.strip().replace('/', '.');
    }

    private boolean setSysctls(List<String> arguments) {
        boolean success = true;
        for (String setting : arguments) {
            int equals = setting.indexOf('=');
            if (equals < 0) return false;
            success &= set(dotted(setting.substring(0, equals)), setting.substring(equals + 1));
        }
        return success;
    }

    /** The file that suites share, or what it is known to set where it is not at hand. */
    private boolean defaults(String program) {
        if (nested == MOST_NESTED) {
            throw new CommandFailure(program + ": files run one another without end");
        }
        nested++;
        boolean success = run(text(program).orElse(SuiteDefaults.COMMANDS));
        nested--;
        return success;
    }

    private Optional<String> text(String program) {
        try {
            Path file = folder.resolve(program).normalize();
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file));
        } catch (InvalidPathException | IOException e) {
            return Optional.empty(); // as if it were not there
        }
    }

    private boolean echo(List<String> arguments, List<String> redirections) {
        for (String redirection : redirections) {
            String file = redirection.substring(1);
            if (file.startsWith("/proc/sys/"))
                return set(dotted(file), String.join(" ", arguments));
            if (file.startsWith("/sys/module/")) {
                machine.moduleParameter(
                        file.substring("/sys/module/".length()).replace("/parameters/", "."),
                        String.join(" ", arguments));
                return true;
            }
        }
        return true;
    }
}
