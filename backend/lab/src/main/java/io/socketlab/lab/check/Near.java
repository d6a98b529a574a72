package io.socketlab.lab.check;

import io.socketlab.lab.check.Shape.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what came closest to something that was expected and did not happen: the same with another
 * result, then the same call with other arguments, then the same kind of packet with other flags.
 */
final class Near {

    private Near() {}

    /** The number of the last such event, 0 if there is none. */
    static int miss(Shape shape, RunView run) {
        return miss(shape, run, -1);
    }

    /** The first after {@code position}. */
    static int after(Shape shape, RunView run, int position) {
        return miss(shape, run, position);
    }

    private static int miss(Shape shape, RunView run, int position) {
        for (Shape looser : looser(shape)) {
            for (int candidate : run.matcher().candidates(looser)) {
                if (candidate > position) return run.index().events().get(candidate).stamp().seq();
            }
        }
        return 0;
    }

    private static List<Shape> looser(Shape shape) {
        return switch (shape) {
            case Shape.Call(var who, var names, var arguments, var phase, _, _)
                    when phase == Phase.RETURNED ->
                    List.of(
                            new Shape.Call(
                                    who, names, arguments, phase, Term.ANY, Optional.empty()),
                            new Shape.Call(who, names, Map.of(), phase, Term.ANY, Optional.empty()),
                            new Shape.Call(
                                    who,
                                    names,
                                    Map.of(),
                                    Phase.BLOCKED,
                                    Term.ANY,
                                    Optional.empty()));
            case Shape.Call(var who, var names, _, var phase, _, _) ->
                    List.of(
                            new Shape.Call(
                                    who, names, Map.of(), phase, Term.ANY, Optional.empty()));
            case Shape.Packet(var who, var direction, var kind, var flags, var fields, _)
                    when !fields.isEmpty() ->
                    List.of(
                            new Shape.Packet(
                                    who,
                                    direction,
                                    kind,
                                    flags,
                                    new LinkedHashMap<>(),
                                    Optional.empty()));
            case Shape.Move(var who, var from, _) ->
                    from instanceof Term.Any
                            ? List.of()
                            : List.of(new Shape.Move(who, from, Term.ANY));
            case Shape.Packet _,
                    Shape.Range _,
                    Shape.Timing _,
                    Shape.Happening _,
                    Shape.Boundary _,
                    Shape.Either _ ->
                    List.of();
        };
    }
}
