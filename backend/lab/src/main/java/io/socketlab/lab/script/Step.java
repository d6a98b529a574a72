package io.socketlab.lab.script;

import java.util.List;
import java.util.Optional;

/**
 * A step of a script. Lab scripts have calls and controls; packetdrill scripts have calls and all
 * the rest.
 */
public sealed interface Step {

    Position position();

    Optional<Timing> time();

    /** {@code +50ms client.2: listen(3, 5) = 0}. */
    record CallStep(
            Position position,
            Optional<Timing> time,
            Optional<Who> who,
            Call call,
            Optional<Expected> expected)
            implements Step {}

    /**
     * {@code +1 client: ss -tin}: a command of the host's shell.
     *
     * @param commandAt where the command begins
     */
    record ShellStep(
            Position position,
            Optional<Timing> time,
            Optional<Who> who,
            Position commandAt,
            String command)
            implements Step {}

    /** <code>server: { $fd = accept(3) }</code>: calls of which the ones before decide. */
    record ProgramStep(
            Position position, Optional<Timing> time, Optional<Who> who, List<Statement> body)
            implements Step {
        public ProgramStep {
            body = List.copyOf(body);
        }

        /** All calls that stand in it, in the order in which they are written. */
        public List<Statement.Make> calls() {
            return Statement.calls(body).toList();
        }
    }

    /** {@code quiet()}: lets time run until nothing is under way. */
    record QuietStep(Position position, Optional<Timing> time) implements Step {}

    /** {@code predict(peak) = 4}: what somebody says beforehand that the run will show. */
    record PredictStep(Position position, Optional<Timing> time, String id, String value)
            implements Step {}

    /**
     * {@code drop(client)}, {@code delay(client, 1.5)}, {@code cut(client)}: disturbs the network.
     *
     * @param line the same as a line of input: {@code drop client}
     */
    record FaultStep(Position position, Optional<Timing> time, LineWords line) implements Step {}

    /**
     * {@code exec server programs/echo.wasm 7777}: a compiled program begins.
     *
     * @param line the same as a line of input
     */
    record ExecStep(Position position, Optional<Timing> time, LineWords line) implements Step {}

    /**
     * {@code < S 0:0(0) win 1000}: a packet put on the wire, or, with {@code >}, expected from the
     * host.
     */
    record PacketStep(Position position, Optional<Timing> time, boolean inbound, WirePacket packet)
            implements Step {}

    /** <code>%{ assert tcpi_snd_cwnd == 10 }%</code>. */
    record CodeStep(Position position, Optional<Timing> time, String code) implements Step {}

    /** A shell command in back-ticks. Without a time: before the first step, or after the last. */
    record CommandStep(Position position, Optional<Timing> time, String command) implements Step {}

    /**
     * {@code --mss=1000}.
     *
     * @param value empty if it has none
     */
    record OptionStep(Position position, String name, Optional<String> value) implements Step {
        @Override
        public Optional<Timing> time() {
            return Optional.empty();
        }
    }
}
