package io.socketlab.lab.check;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.LocalText;
import java.util.List;
import java.util.Optional;

/** What a check asserts of a run. The reader says which keys make which. */
public sealed interface Assertion {

    record Exists(EventPattern pattern) implements Assertion {}

    /** A check with this says what must have happened for it to count. */
    record Never(EventPattern pattern) implements Assertion {}

    /**
     * @param atMost the same as {@code atLeast} for an exact count; empty for no limit
     */
    record Count(EventPattern of, Expression atLeast, Optional<Expression> atMost)
            implements Assertion {}

    /** One after the other; others may happen between. Credit is the share that is in order. */
    record Order(List<EventPattern> patterns) implements Assertion {
        public Order {
            patterns = List.copyOf(patterns);
        }
    }

    /** All of them, each after those that it depends on. Nodes stand after their predecessors. */
    record Dag(List<Node> nodes, List<Edge> edges) implements Assertion {
        public Dag {
            nodes = List.copyOf(nodes);
            edges = List.copyOf(edges);
        }
    }

    record Node(String name, EventPattern pattern) {}

    /**
     * @param why what to say to somebody whose run has it the other way round
     */
    record Edge(String from, String to, LocalText why) {}

    /**
     * Whenever {@code each} happens {@code leadsTo} follows, {@code within} a time if there is one.
     */
    record Response(EventPattern each, EventPattern leadsTo, Optional<Expression> within)
            implements Assertion {}

    /** Between two events: {@code expect} holds throughout, or {@code never} does not happen. */
    record During(
            EventPattern from,
            EventPattern to,
            Optional<Condition> expect,
            Optional<EventPattern> never)
            implements Assertion {}

    /** {@code always} holds from when it is defined; {@code reaches} holds at least once. */
    record Invariant(Optional<Condition> always, Optional<Condition> reaches)
            implements Assertion {}

    /**
     * There is a stretch of the run in which every one of {@code all} happens and none of {@code
     * no}.
     *
     * @param inOrder whether they have to happen one after the other
     * @param within how long the stretch is at most
     */
    record Window(
            List<EventPattern> all,
            boolean inOrder,
            List<EventPattern> no,
            Optional<Expression> within)
            implements Assertion {
        public Window {
            all = List.copyOf(all);
            no = List.copyOf(no);
        }
    }

    /**
     * How a value goes on. Credit is the share of its steps that are as they should be.
     *
     * @param metric an expression over the run that is a number or a time
     * @param from where it begins, or the beginning of the run
     * @param since what must hold for it to begin
     * @param until from when on it may do as it likes
     * @param tolerance by how much a step may miss, in the metric's unit
     */
    record Progress(
            Condition metric,
            Course course,
            Optional<EventPattern> from,
            Optional<Condition> since,
            Optional<Condition> until,
            Optional<Expression> tolerance)
            implements Assertion {}

    /** {@code holds} when the run is over. */
    record Final(Condition holds) implements Assertion {}

    /**
     * What the program at {@code to} has read of what the one at {@code from} has written.
     *
     * @param length how many octets, if the lab says
     * @param content what it must be: the sender's own octets, or a text
     */
    record Stream(String from, String to, Optional<Expression> length, Content content)
            implements Assertion {}

    /** What a stream is compared with. */
    sealed interface Content {
        /** What was sent, all of it. */
        record AsSent() implements Content {}

        record Exactly(String text) implements Content {}

        /** What {@code ...} stands for in one call that sends: the alphabet again and again. */
        record Alphabet() implements Content {}

        record StartsWith(String text) implements Content {}

        /**
         * @param hex the digest, 64 digits
         */
        record Sha256(String hex) implements Content {}

        /**
         * Records that say how long they are, all of them whole.
         *
         * @param lengthOctets how many octets, high ones first, before each record hold its length
         * @param count how many records, if the lab says
         */
        record Records(int lengthOctets, Optional<Expression> count) implements Content {}
    }

    record All(List<Assertion> parts) implements Assertion {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record AnyOf(List<Assertion> parts) implements Assertion {
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }

    record None(List<Assertion> parts) implements Assertion {
        public None {
            parts = List.copyOf(parts);
        }
    }

    /** Whether it is fulfilled by a run in which nothing happens, and so needs {@code requires}. */
    static boolean isVacuous(Assertion assertion) {
        return switch (assertion) {
            case Never _, None _ -> true;
            case Invariant(var always, var reaches) -> always.isPresent() && reaches.isEmpty();
            case All(var parts) -> parts.stream().allMatch(Assertion::isVacuous);
            case AnyOf(var parts) -> parts.stream().anyMatch(Assertion::isVacuous);
            case Exists _,
                    Count _,
                    Order _,
                    Dag _,
                    Response _,
                    During _,
                    Window _,
                    Progress _,
                    Final _,
                    Stream _ ->
                    false;
        };
    }
}
