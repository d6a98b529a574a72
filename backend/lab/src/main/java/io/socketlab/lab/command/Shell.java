package io.socketlab.lab.command;

import java.util.List;

/** Reads command lines. */
public final class Shell {

    private static final List<String> NAMES =
            List.of(
                    "cat",
                    "ethtool",
                    "hping3",
                    "ip",
                    "iptables",
                    "netstat",
                    "nstat",
                    "ping",
                    "ss",
                    "sysctl",
                    "tc");

    private Shell() {}

    /** The commands that there are. */
    public static List<String> names() {
        return NAMES;
    }

    public static boolean isCommand(String word) {
        return NAMES.contains(word);
    }

    /**
     * Understands a line that begins with the name of a command.
     *
     * @throws CommandException if it cannot be understood
     */
    public static Command read(String line) {
        var words = new Words(line);
        String expected = "expected a command: " + String.join(", ", NAMES);
        if (!isCommand(words.peek())) throw words.unknown(expected, NAMES);
        return switch (words.next(expected)) {
            case "cat" -> ProcFiles.read(words);
            case "ethtool" -> Ethtool.read(words);
            case "hping3" -> HpingOptions.read(words);
            case "ip" -> IpCommand.read(words);
            case "iptables" -> IptablesCommand.read(words);
            case "netstat" -> NetstatCommand.read(words);
            case "nstat" -> NstatCommand.read(words);
            case "ping" -> PingOptions.read(words);
            case "ss" -> SsCommand.read(words);
            case "sysctl" -> SysctlCommand.read(words);
            case "tc" -> TcCommand.read(words);
            default -> throw new IllegalStateException("a name without a command");
        };
    }
}
