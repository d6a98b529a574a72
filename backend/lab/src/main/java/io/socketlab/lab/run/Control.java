package io.socketlab.lab.run;

import io.socketlab.lab.fault.Disturbance;
import io.socketlab.lab.fault.DisturbanceReader;
import io.socketlab.lab.script.LineWords;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.Who;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A line of input that is not a call. Times are virtual nanoseconds. */
sealed interface Control {

    /** {@code step}, {@code step 5}: runs until something has happened so many times. */
    record Step(int times) implements Control {}

    /**
     * {@code step call}: runs until a call returns; {@code step call until 1.5s}: but no longer
     * than that.
     */
    record StepCall(OptionalLong until) implements Control {}

    /** {@code run}: runs until nothing is under way. */
    record Run() implements Control {}

    /** {@code run 2s}. */
    record RunFor(long nanos) implements Control {}

    /** {@code run until 1.5s}. */
    record RunUntil(long at) implements Control {}

    /**
     * {@code run until event 120}.
     *
     * @param what comes about there, for whoever reads the log; empty if nobody has said
     */
    record RunUntilEvent(int seq, String what) implements Control {

        private static final String START = "run until event ";

        /** How the lines begin of which the log gets how far they have run. */
        private static final List<String> FORESEEN = List.of("run until ", "reveal ");

        /** Whether {@code logged} is what the log got for a line that looked ahead. */
        static boolean isLogOf(String line, String logged) {
            return logged.startsWith(START)
                    && FORESEEN.stream()
                            .filter(line::startsWith)
                            .map(start -> " (" + line.substring(start.length()).strip() + ")")
                            .anyMatch(logged::endsWith);
        }

        /** As a line of the log. */
        String line() {
            return START + seq + (what.isEmpty() ? "" : " (" + what + ")");
        }
    }

    /**
     * {@code run until server.rwnd == 0}, {@code run until drop}: until a condition comes true or a
     * pattern is met.
     *
     * @param offset where it begins in the line
     */
    record RunUntilTrue(String text, int offset) implements Control {}

    /** {@code predict peak 4}: before anything has happened, or where it is asked. */
    record Predict(Position position, String id, String value) implements Control {}

    /** {@code skip peak}: the run does not halt for it, or goes on without an answer. */
    record Skip(Position position, String id) implements Control {}

    /** {@code reveal peak}: runs to where it is decided what the right answer was. */
    record Reveal(Position position, String id) implements Control {}

    /** {@code interrupt client}: a signal ends the call that the task is waiting in. */
    record Interrupt(Who who) implements Control {}

    /**
     * {@code drop client}, {@code delay packet 17 1.5s}, {@code cut client}: see {@link
     * DisturbanceReader}.
     */
    record Disturb(LineWords words, Disturbance disturbance) implements Control {}

    /** {@code cost server}: what the calls of its tasks have cost so far; without it, of all. */
    record Costs(Optional<String> host) implements Control {}

    /**
     * {@code exec server echo_server@3f2a9c107d4e 7777}: a compiled program begins, with what
     * stands behind its name as its arguments. {@code exec server.2 …}: as a process whose first
     * task has that number.
     *
     * @param position of the program's name
     * @param program its name, and behind an @ the beginning of its SHA-256
     * @param input what it finds on its standard input: {@code exec client ask 7777 < "hello\n"}
     */
    record Exec(Position position, Who who, String program, List<String> arguments, byte[] input)
            implements Control {
        public Exec {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code start server}: its program is started again, after it has ended. */
    record Start(Position position, String host) implements Control {}
}
