package io.socketlab.lab.script;

import io.socketlab.lab.script.Step.FaultStep;
import java.util.List;
import java.util.Optional;

/**
 * Reads what disturbs the network, written as a call: {@code drop(client)}, {@code delay(client,
 * 1.5)}, {@code drop(17)} for a packet, {@code link(client, "loss 10%")}.
 */
public final class Faults {

    /** The first words of the lines that such steps are. */
    public static final List<String> NAMES =
            List.of(
                    "drop",
                    "duplicate",
                    "delay",
                    "reorder",
                    "corrupt",
                    "cut",
                    "mend",
                    "link",
                    "crash",
                    "boot",
                    "stall",
                    "fail",
                    "partial",
                    "slow",
                    "recover");

    /** Those whose last argument is a time, for which a number means seconds. */
    private static final List<String> WITH_A_TIME = List.of("delay", "stall");

    private Faults() {}

    static Step read(
            Tokens tokens, Position position, Optional<Timing> time, Optional<Who> who, Call call) {
        if (who.isPresent()) {
            throw tokens.error(
                    who.get().position(),
                    "expected no host here: whose frame it is stands in the brackets");
        }
        LineWords line = tokens.line(position);
        line.add(call.name(), position);
        for (int i = 0; i < call.arguments().size(); i++) {
            Argument argument = call.arguments().get(i);
            boolean isLast = i + 1 == call.arguments().size();
            boolean isTime = i > 0 && isLast && WITH_A_TIME.contains(call.name());
            line.add(word(argument, i == 0, isTime), argument.position());
        }
        return new FaultStep(position, time, line);
    }

    private static String word(Argument argument, boolean isFirst, boolean isTime) {
        return switch (argument) {
            case Argument.Numeral n when isFirst -> "packet " + n;
            case Argument.Numeral n when isTime -> n + "s";
            case Argument.Duration(_, _, var written) when isTime && isBare(written) ->
                    written + "s";
            case Argument.Text text -> text.octets();
            case Argument other -> other.toString();
        };
    }

    private static boolean isBare(String written) {
        return Character.isDigit(written.charAt(written.length() - 1));
    }
}
