package io.socketlab.lab.script;

import io.socketlab.kernel.link.Fault;
import io.socketlab.lab.script.Step.FaultStep;
import java.util.List;
import java.util.Optional;

/** Reads what is to befall a frame: {@code drop(client)}, {@code delay(router, eth1, 1.5)}. */
final class Faults {

    static final List<String> NAMES = List.of("drop", "delay");

    private static final long SECOND = 1_000_000_000L;
    private static final long MAX_SECONDS = 1_000_000;
    private static final String DROP =
            "expected the host whose next frame is to be lost, as in drop(client)";
    private static final String DELAY =
            "expected a host and by how many seconds its next frame is late, as in delay(client, 1.5)";

    private Faults() {}

    static Step read(
            Tokens tokens, Position position, Optional<Timing> time, Optional<Who> who, Call call) {
        if (who.isPresent()) {
            throw tokens.error(
                    who.get().position(),
                    "expected no host here: whose frame it is stands in the brackets");
        }
        boolean drop = call.name().equals("drop");
        List<Argument> arguments = call.arguments();
        int wireWords = drop ? arguments.size() : arguments.size() - 1;
        if (wireWords != 1 && wireWords != 2) {
            throw tokens.error(position, drop ? DROP : DELAY);
        }
        Fault fault = drop ? new Fault.Drop() : new Fault.Delay(nanos(tokens, arguments.getLast()));
        return new FaultStep(position, time, wire(arguments.subList(0, wireWords)), fault);
    }

    /** A host, and perhaps one of its cards. */
    private static Wire wire(List<Argument> written) {
        Argument host = written.getFirst();
        if (written.size() == 1) return Wire.of(host.position(), host.toString());
        Argument card = written.getLast();
        return new Wire(host.position(), host.toString(), card.position(), card.toString());
    }

    private static long nanos(Tokens tokens, Argument argument) {
        long nanos =
                switch (argument) {
                    case Argument.Numeral(_, var seconds, _)
                            when seconds >= 0 && seconds <= MAX_SECONDS ->
                            seconds * SECOND;
                    case Argument.Duration(_, var length, _) -> length;
                    default -> -1;
                };
        if (nanos < 0 || nanos > MAX_SECONDS * SECOND) {
            throw tokens.error(argument.position(), DELAY);
        }
        return nanos;
    }
}
