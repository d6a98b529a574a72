package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Shape.Direction;
import io.socketlab.lab.check.Shape.Kind;
import io.socketlab.lab.check.Shape.Who;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds the events of one run against patterns. */
final class Matcher {

    /** The role of what a call sends or receives. */
    private static final String DATA = "data";

    private static final String ANY_NAME = "*";

    private static final Set<Class<? extends TraceEvent>> ENTERED =
            Set.of(TraceEvent.CallEntered.class, TraceEvent.FunctionEntered.class);
    private static final Set<Class<? extends TraceEvent>> BLOCKED =
            Set.of(TraceEvent.CallBlocked.class);
    private static final Set<Class<? extends TraceEvent>> RETURNED =
            Set.of(TraceEvent.CallReturned.class, TraceEvent.FunctionReturned.class);

    private final TraceIndex index;
    private final TermMatcher terms;
    private final OptionsMatcher options;

    /** By the shape itself: it is asked for again and again, and to hash one is dear. */
    private final IdentityHashMap<Shape, List<Integer>> candidates = new IdentityHashMap<>();

    /** The same by what shapes say: a lab asks for one thing in several of its checks. */
    private final Map<Shape, List<Integer>> equals = new HashMap<>();

    /** Where the calls of each name are, by the kinds of event that tell of them. */
    private final Map<Set<Class<? extends TraceEvent>>, Map<String, List<Integer>>> named =
            new HashMap<>();

    /** What was handed in and came back, by event, for patterns that do not ask for the octets. */
    private final Map<Integer, Map<String, Value>> arguments = new HashMap<>();

    Matcher(TraceIndex index, Scope scope) {
        this.index = index;
        this.terms = new TermMatcher(index, scope);
        this.options = new OptionsMatcher(scope);
    }

    /** The positions at which {@code shape} fits for some values of its variables. */
    List<Integer> candidates(Shape shape) {
        List<Integer> positions = candidates.get(shape);
        if (positions != null) return positions;
        positions = equals.get(shape);
        if (positions == null) {
            positions = find(shape);
            equals.put(shape, positions);
        }
        candidates.put(shape, positions);
        return positions;
    }

    private List<Integer> find(Shape shape) {
        if (shape instanceof Shape.Range range) return new RangeSearch(index, terms).find(range);
        if (shape instanceof Shape.Either(var choices)) {
            var all = new TreeSet<Integer>();
            for (Shape choice : choices) all.addAll(candidates(choice));
            return List.copyOf(all);
        }
        var found = new ArrayList<Integer>();
        for (int i :
                shape instanceof Shape.Call call ? calls(call) : index.positions(kinds(shape))) {
            if (match(shape, i, Bindings.NONE).isPresent()) found.add(i);
        }
        return found;
    }

    /** Whether no one event alone decides it. */
    static boolean isOfSeveral(Shape shape) {
        return switch (shape) {
            case Shape.Range _, Shape.Boundary _ -> true;
            case Shape.Either(var choices) -> choices.stream().anyMatch(Matcher::isOfSeveral);
            default -> false;
        };
    }

    /** Where the calls are that a pattern names: most labs ask for one or two of a dozen. */
    private Collection<Integer> calls(Shape.Call pattern) {
        Set<Class<? extends TraceEvent>> kinds = kinds(pattern);
        if (pattern.names().contains(ANY_NAME)) return index.positions(kinds);
        Map<String, List<Integer>> byName = named.computeIfAbsent(kinds, this::byName);
        var positions = new TreeSet<Integer>();
        for (String name : pattern.names()) positions.addAll(byName.getOrDefault(name, List.of()));
        return positions;
    }

    private Map<String, List<Integer>> byName(Set<Class<? extends TraceEvent>> kinds) {
        var byName = new HashMap<String, List<Integer>>();
        for (int i : index.positions(kinds)) {
            entered(index.events().get(i))
                    .ifPresent(
                            e -> byName.computeIfAbsent(e.name(), _ -> new ArrayList<>()).add(i));
        }
        return byName;
    }

    /** The kinds of event that can fit. */
    private static Set<Class<? extends TraceEvent>> kinds(Shape shape) {
        return switch (shape) {
            case Shape.Packet packet -> Set.of(kind(packet.kind(), packet.direction()));
            case Shape.Call call ->
                    switch (call.phase()) {
                        case ENTERED -> ENTERED;
                        case BLOCKED -> BLOCKED;
                        case RETURNED -> RETURNED;
                    };
            case Shape.Move _ -> Set.of(TraceEvent.StateChanged.class);
            case Shape.Timing timing -> Set.of(TraceFields.kind(timing.event()));
            case Shape.Happening happening -> Set.of(TraceFields.kind(happening.event()));
            case Shape.Range _, Shape.Boundary _, Shape.Either _ -> Set.of();
        };
    }

    private static Class<? extends TraceEvent> kind(Kind kind, Direction direction) {
        boolean out = direction == Direction.OUT;
        return switch (kind) {
            case SEGMENT -> out ? TraceEvent.SegmentSent.class : TraceEvent.SegmentReceived.class;
            case DATAGRAM ->
                    out ? TraceEvent.DatagramSent.class : TraceEvent.DatagramReceived.class;
            case ICMP -> out ? TraceEvent.IcmpSent.class : TraceEvent.IcmpReceived.class;
        };
    }

    /** What is bound if the event at {@code position} fits; empty if it does not. */
    Optional<Bindings> match(Shape shape, int position, Bindings bindings) {
        TraceEvent event = index.events().get(position);
        return switch (shape) {
            case Shape.Packet packet -> packet(packet, event, bindings);
            case Shape.Call call -> call(call, event, bindings);
            case Shape.Move move -> move(move, event, bindings);
            case Shape.Timing timing -> timing(timing, event, bindings);
            case Shape.Happening happening -> happening(happening, event, bindings);
            case Shape.Range _ ->
                    candidates(shape).contains(position) ? Optional.of(bindings) : Optional.empty();
            case Shape.Boundary _ -> Optional.empty();
            case Shape.Either(var choices) ->
                    choices.stream()
                            .map(choice -> match(choice, position, bindings))
                            .flatMap(Optional::stream)
                            .findFirst();
        };
    }

    // ---- who
    // --------------------------------------------------------------------------------------

    private Optional<Bindings> who(Who who, TraceEvent event, Bindings bindings) {
        String host = event.stamp().host();
        Optional<Bindings> bound = Optional.of(bindings);
        if (who.index().isPresent()) {
            if (!host.startsWith(who.host())) return Optional.empty();
            String number = host.substring(who.host().length());
            if (!isNumber(number)) return Optional.empty();
            bound = terms.match(who.index().get(), Optional.of(Value.of(number)), bindings);
        } else if (!who.host().equals("*") && !who.host().equals(host)) {
            return Optional.empty();
        }
        Optional<Bindings> withTask = also(bound, who.task(), number(event, "task"));
        return also(withTask, who.socket(), number(event, "socket"));
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        }
        return !text.isEmpty();
    }

    private Optional<Bindings> also(
            Optional<Bindings> bound, Optional<Term> term, Optional<Value> actual) {
        if (term.isEmpty() || bound.isEmpty()) return bound;
        return terms.match(term.get(), actual, bound.get());
    }

    private static Optional<Value> number(TraceEvent event, String field) {
        return TraceFields.value(event, field);
    }

    // ---- packets
    // ----------------------------------------------------------------------------------

    private Optional<Bindings> packet(Shape.Packet pattern, TraceEvent event, Bindings bindings) {
        TraceEvent sending = sending(pattern, event);
        if (sending == null) return Optional.empty();
        boolean flagsFit =
                pattern.flags().isEmpty()
                        || (sending instanceof TraceEvent.SegmentSent s
                                && pattern.flags().stream().anyMatch(f -> f.accept(s.flags())));
        if (!flagsFit || !options.fit(pattern, sending)) return Optional.empty();
        Optional<Bindings> bound = who(pattern.who(), event, bindings);
        for (var field : pattern.fields().entrySet()) {
            if (bound.isEmpty()) return bound;
            bound = terms.match(field.getValue(), field(sending, field.getKey()), bound.get());
        }
        return bound;
    }

    /**
     * The sending that tells what the packet is, if the event is of the right kind and direction.
     */
    private @Nullable TraceEvent sending(Shape.Packet pattern, TraceEvent event) {
        boolean fits =
                switch (event) {
                    case TraceEvent.SegmentSent _ -> is(pattern, Kind.SEGMENT, Direction.OUT);
                    case TraceEvent.SegmentReceived _ -> is(pattern, Kind.SEGMENT, Direction.IN);
                    case TraceEvent.DatagramSent _ -> is(pattern, Kind.DATAGRAM, Direction.OUT);
                    case TraceEvent.DatagramReceived _ -> is(pattern, Kind.DATAGRAM, Direction.IN);
                    case TraceEvent.IcmpSent _ -> is(pattern, Kind.ICMP, Direction.OUT);
                    case TraceEvent.IcmpReceived _ -> is(pattern, Kind.ICMP, Direction.IN);
                    default -> false;
                };
        if (!fits) return null;
        if (pattern.direction() == Direction.OUT) return event;
        return index.sending(event).orElse(event instanceof TraceEvent.IcmpReceived ? event : null);
    }

    private static boolean is(Shape.Packet pattern, Kind kind, Direction direction) {
        return pattern.kind() == kind && pattern.direction() == direction;
    }

    private static Optional<Value> field(TraceEvent sending, String name) {
        return switch (sending) {
            case TraceEvent.SegmentSent s ->
                    switch (name) {
                        case "seq" -> number(s.relSeq());
                        case "abs:seq" -> number(s.absSeq());
                        case "ack" -> s.relAck() < 0 ? Optional.empty() : number(s.relAck());
                        case "abs:ack" -> s.relAck() < 0 ? Optional.empty() : number(s.absAck());
                        case "win" -> number(s.window());
                        case "len" -> number(s.length());
                        case "again" -> number(s.retransmission());
                        case "to" -> word(s.dst());
                        case "from" -> word(s.src());
                        default -> Optional.empty();
                    };
            case TraceEvent.DatagramSent d ->
                    switch (name) {
                        case "len" -> number(d.length());
                        case "to" -> word(d.dst());
                        case "from" -> word(d.src());
                        default -> Optional.empty();
                    };
            case TraceEvent.IcmpSent i ->
                    switch (name) {
                        case "type" -> number(i.icmpType());
                        case "code" -> number(i.icmpCode());
                        case "to" -> word(i.dst());
                        case "from" -> word(i.src());
                        default -> Optional.empty();
                    };
            default -> TraceFields.value(sending, name);
        };
    }

    private static Optional<Value> number(long n) {
        return Optional.of(new Value.Int(n));
    }

    private static Optional<Value> word(Object text) {
        return Optional.of(new Value.Word(text.toString()));
    }

    // ---- calls
    // ------------------------------------------------------------------------------------

    /** The beginning of the call that an event tells of. */
    private Optional<TraceEvent.CallEntered> entered(TraceEvent event) {
        return switch (event) {
            case TraceEvent.CallEntered e -> Optional.of(e);
            case TraceEvent.CallBlocked e -> index.call(e.call());
            case TraceEvent.CallReturned e -> index.call(e.call());
            case TraceEvent.FunctionEntered e -> index.call(e.function());
            case TraceEvent.FunctionReturned e -> index.call(e.function());
            default -> Optional.empty();
        };
    }

    private Optional<Bindings> call(Shape.Call pattern, TraceEvent event, Bindings bindings) {
        if (!kinds(pattern).contains(event.getClass())) return Optional.empty();
        Optional<TraceEvent.CallEntered> entered = entered(event);
        if (entered.isEmpty() || !named(pattern, entered.get().name())) return Optional.empty();
        Optional<Bindings> bound = who(pattern.who(), event, bindings);
        if (bound.isEmpty() || !mayReturn(pattern, event, bound.get())) return Optional.empty();
        Map<String, Value> actual =
                pattern.arguments().isEmpty()
                        ? Map.of()
                        : arguments(entered.get(), event, readsOctets(pattern));
        for (var argument : pattern.arguments().entrySet()) {
            if (bound.isEmpty()) return bound;
            Optional<Value> value = Optional.ofNullable(actual.get(argument.getKey()));
            bound = terms.match(argument.getValue(), value, bound.get());
        }
        if (event instanceof TraceEvent.FunctionReturned r && bound.isPresent()) {
            return terms.match(pattern.result(), number(r.result()), bound.get());
        }
        if (!(event instanceof TraceEvent.CallReturned r) || bound.isEmpty()) return bound;
        bound = terms.match(pattern.result(), number(r.result()), bound.get());
        return also(bound, pattern.errno(), Optional.ofNullable(r.errno()).map(Value.Word::new));
    }

    /** Whether the result fits, before the arguments are made out, which is dearer by far. */
    private boolean mayReturn(Shape.Call pattern, TraceEvent event, Bindings bindings) {
        return !(event instanceof TraceEvent.CallReturned r)
                || terms.match(pattern.result(), number(r.result()), bindings).isPresent();
    }

    private Map<String, Value> arguments(
            TraceEvent.CallEntered entered, TraceEvent event, boolean octets) {
        if (octets) return CallValues.of(entered, event, true);
        return arguments.computeIfAbsent(
                event.stamp().seq(), _ -> CallValues.of(entered, event, false));
    }

    /** Most patterns do not: a copy of all octets for each call that is looked at is dear. */
    private static boolean readsOctets(Shape.Call pattern) {
        return !(pattern.arguments().getOrDefault(DATA, Term.ANY) instanceof Term.Any);
    }

    private static boolean named(Shape.Call pattern, String name) {
        return pattern.names().contains(name) || pattern.names().contains(ANY_NAME);
    }

    // ---- the rest
    // ---------------------------------------------------------------------------------

    private Optional<Bindings> move(Shape.Move pattern, TraceEvent event, Bindings bindings) {
        if (!(event instanceof TraceEvent.StateChanged e)) return Optional.empty();
        Optional<Bindings> bound = terms.match(pattern.from(), word(e.from()), bindings);
        bound = also(bound, Optional.of(pattern.to()), word(e.to()));
        return bound.flatMap(b -> who(pattern.who(), event, b));
    }

    private Optional<Bindings> timing(Shape.Timing pattern, TraceEvent event, Bindings bindings) {
        if (!event.getClass().getSimpleName().equals(pattern.event())) return Optional.empty();
        Optional<Bindings> bound =
                terms.match(pattern.timer(), TraceFields.value(event, "timer"), bindings);
        return bound.flatMap(b -> who(pattern.who(), event, b));
    }

    private Optional<Bindings> happening(
            Shape.Happening pattern, TraceEvent event, Bindings bindings) {
        if (!event.getClass().getSimpleName().equals(pattern.event())) return Optional.empty();
        Optional<Bindings> bound = who(pattern.who(), event, bindings);
        for (var field : pattern.fields().entrySet()) {
            if (bound.isEmpty()) return bound;
            Optional<Value> actual = TraceFields.value(event, field.getKey());
            bound = terms.match(field.getValue(), actual, bound.get());
        }
        return bound;
    }

    /** What a call's arguments are, by role. */
    private static final class CallValues {

        private static final Value SOME = new Value.Word("...");

        /** Their buffers' lengths stand in a structure, and count together. */
        private static final Set<String> FILLS_SEVERAL = Set.of("readv", "recvmsg");

        /**
         * @param octets whether what is sent and received has to be told: otherwise that it is
         */
        static Map<String, Value> of(
                TraceEvent.CallEntered entered, TraceEvent event, boolean octets) {
            var values = new HashMap<String, Value>();
            if (event instanceof TraceEvent.CallReturned r) {
                put(values, CallText.arguments(r.name(), r.text()));
                if (r.data() != null) values.put(DATA, octets ? octets(r.data()) : SOME);
            }
            // What was handed in counts, not what came back in its place.
            Map<String, String> given = CallText.arguments(entered.name(), entered.text());
            given.values().removeIf(text -> text.equals("..."));
            // The array of poll(2) comes back with all that was in it, and revents beside it.
            if (event instanceof TraceEvent.CallReturned) given.remove("fds");
            put(values, given);
            byte[] data = entered.data();
            if (data != null) {
                values.put(DATA, octets ? octets(data) : SOME);
                values.putIfAbsent("count", new Value.Int(data.length));
            }
            if (FILLS_SEVERAL.contains(entered.name())) {
                values.put("count", new Value.Int(CallText.room(entered.text())));
            }
            if (entered.fd() >= 0) values.put("fd", new Value.Int(entered.fd()));
            return values;
        }

        private static void put(Map<String, Value> values, Map<String, String> arguments) {
            arguments.forEach((role, text) -> values.put(role, value(text)));
        }

        private static Value value(String text) {
            if (CallText.isFlags(text)) return CallText.flags(text);
            return Quoted.whole(text).<Value>map(Value.Word::new).orElseGet(() -> Value.of(text));
        }

        private static Value octets(byte[] data) {
            return new Value.Word(new String(data, StandardCharsets.ISO_8859_1));
        }
    }
}
