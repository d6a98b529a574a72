package io.socketlab.lab.check;

import java.util.List;
import java.util.Optional;

/** How the value of a metric goes on over a stretch of a run. */
public sealed interface Course {

    /**
     * From one round trip to the next it becomes {@code times} as much and {@code plus} more. A
     * round trip is what the sender's ACK clock makes it: it ends when all that had been sent
     * before its first acknowledgement is acknowledged.
     */
    record PerRoundTrip(int times, int plus) implements Course {}

    /** It stays what it is. */
    record Constant() implements Course {}

    /** It never falls. */
    record Monotone() implements Course {}

    /** It rises and falls by a quarter or more, and that at least twice. */
    record Sawtooth() implements Course {}

    /** Within two round trips after {@code when} it comes down to half, and no further. */
    record HalvesAt(EventPattern when) implements Course {}

    /** The names of those that need nothing beside them; {@code halves_at(…)} is the other. */
    List<String> NAMES =
            List.of("doubles_per_rtt", "plus_one_per_rtt", "constant", "monotone", "sawtooth");

    /** That of {@link #NAMES} with this name; empty if there is none. */
    static Optional<Course> named(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "doubles_per_rtt" -> new PerRoundTrip(2, 0);
                    case "plus_one_per_rtt" -> new PerRoundTrip(1, 1);
                    case "constant" -> new Constant();
                    case "monotone" -> new Monotone();
                    case "sawtooth" -> new Sawtooth();
                    default -> null;
                });
    }
}
