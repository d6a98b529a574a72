package io.socketlab.lab.check;

import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.TcbVariable;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that patterns and conditions can name, for references and completion. */
public final class Vocabulary {

    /** A name and what it stands for. */
    public record Entry(String name, String meaning) {}

    /**
     * An event of the trace.
     *
     * @param fields those that a pattern can ask for, with their types
     */
    public record Event(String name, List<Entry> fields) {
        public Event {
            fields = List.copyOf(fields);
        }
    }

    private static final Map<String, String> OWN = own();

    private Vocabulary() {}

    private static Map<String, String> own() {
        var own = new LinkedHashMap<String, String>();
        own.put("state", "the state: " + String.join(", ", States.NAMES));
        own.put("sndbuf.used", "octets written and not acknowledged, sent or not");
        own.put("sndbuf.unacknowledged", "octets sent and not acknowledged");
        own.put("sndbuf.unsent", "octets written and not sent");
        own.put("sndbuf.size", "SO_SNDBUF, octets of memory");
        own.put("rcvbuf.used", "octets that can be read");
        own.put("rcvbuf.outOfOrder", "octets that arrived ahead of a gap");
        own.put("rcvbuf.datagrams", "datagrams that can be read");
        own.put("rcvbuf.size", "SO_RCVBUF, octets of memory");
        own.put("flight", "short for inFlight");
        own.put("rwnd", "short for rcv.wnd");
        own.put("acceptq", "complete connections that wait for accept()");
        own.put("synq", "half-open connections");
        own.put("backlog", "the backlog of listen(), as the kernel has cut it");
        return own;
    }

    /** Functions over patterns and metrics, as they are written: {@code count(PATTERN)}. */
    public static List<Entry> functions() {
        return MetricParser.FUNCTIONS.stream().map(Vocabulary::function).toList();
    }

    private static Entry function(String name) {
        return switch (name) {
            case "count" -> new Entry("count(PATTERN)", "how often it has happened so far");
            case "sum" ->
                    new Entry("sum(PATTERN)", "what the calls have returned so far, added up");
            case "exists" -> new Entry("exists(PATTERN)", "whether it has happened so far");
            case "time" -> new Entry("time(PATTERN)", "when it last happened");
            case "max" -> new Entry("max(METRIC)", "the greatest so far");
            case "min" -> new Entry("min(METRIC)", "the least so far");
            case "since" ->
                    new Entry(
                            "since(METRIC, PATTERN)",
                            "by how much it has grown since that last happened");
            case "jain" ->
                    new Entry(
                            "jain(METRIC, METRIC)",
                            "how equal they are, in percent: Jain's index, 100 where all are the same");
            default -> throw new IllegalStateException("nobody says what " + name + " is");
        };
    }

    /**
     * What can stand behind a host and a dot beside the variables of its connections: {@code
     * server.listen[8080]}.
     */
    public static List<Entry> ofHost() {
        return List.of(
                new Entry("conn[N]", "its Nth connection, from 1"),
                new Entry("child[N]", "the Nth connection that a listener made; child[*]: any"),
                new Entry("listen[PORT]", "its listening socket on a port"),
                new Entry("udp[PORT]", "its datagram socket on a port"),
                new Entry("cost", "what all its calls have cost"),
                new Entry("task[N].cost", "what the calls of one task have cost"),
                new Entry(MetricParser.RUN_QUEUE, "how many tasks wait for a CPU"),
                new Entry(
                        MetricParser.KERNEL_STACK,
                        "octets of the kernel stacks of its tasks, 16,384 each: KernelStack of /proc/meminfo"));
    }

    /** Of a connection: {@code client.cwnd}. */
    public static List<Entry> ofConnection() {
        return entries(MetricParser.OF_CONNECTION);
    }

    /** Of a listening socket: {@code server.listen[8080].acceptq}. */
    public static List<Entry> ofListener() {
        return entries(MetricParser.OF_LISTENER);
    }

    /** Of a datagram socket: {@code server.udp[53].rcvbuf.used}. */
    public static List<Entry> ofDatagramSocket() {
        return entries(MetricParser.OF_UDP);
    }

    /** Of a host or a task: {@code server.cost.calls}. */
    public static List<Entry> costs() {
        var entries = new ArrayList<Entry>();
        for (Cost cost : Cost.values()) entries.add(new Entry(cost.traceName(), cost.meaning()));
        entries.add(
                new Entry(
                        MetricParser.CONTEXT_SWITCHES,
                        "voluntary and involuntary switches together"));
        return entries;
    }

    private static List<Entry> entries(List<String> names) {
        return names.stream().map(name -> new Entry(name, meaning(name))).toList();
    }

    private static String meaning(String name) {
        String own = OWN.get(name);
        if (own != null) return own;
        for (TcbVariable v : TcbVariable.values()) {
            if (v.traceName().equals(name)) return v.meaning();
        }
        throw new IllegalStateException("nobody says what " + name + " is");
    }

    /** The trace's events, in alphabetical order. */
    public static List<Event> events() {
        var events = new ArrayList<Event>();
        TraceFields.EVENTS.forEach((name, type) -> events.add(new Event(name, fields(type))));
        return events;
    }

    private static List<Entry> fields(Class<?> type) {
        var fields = new ArrayList<Entry>();
        for (RecordComponent c : type.getRecordComponents()) {
            if (!c.getName().equals("stamp")) fields.add(new Entry(c.getName(), kind(c.getType())));
        }
        return fields;
    }

    private static String kind(Class<?> type) {
        if (type == int.class || type == long.class) return "number";
        if (type == boolean.class) return "true or false";
        return type.isEnum() ? "word" : "text";
    }

    /** The calls, each with the arguments of its longest form. */
    public static List<Entry> calls() {
        return CallText.NAMES.stream()
                .map(name -> new Entry(name, String.join(", ", CallText.longestForm(name))))
                .toList();
    }

    /** The reasons to drop a packet, short names among them. */
    public static List<Entry> reasons() {
        return Reasons.entries();
    }

    public static List<String> timers() {
        return FieldNames.TIMERS;
    }

    /** TCP's states. */
    public static List<String> states() {
        return States.NAMES;
    }
}
