package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.wire.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run's events and what belongs together in them: a packet's arrival and its sending, a call's
 * return and its beginning, sockets and whose they are.
 */
public final class TraceIndex {

    /** What is known of a socket by the end of the run. */
    static final class SocketFacts {
        final String host;
        final int number;
        final String protocol;
        final int parent;
        @Nullable Endpoint local;
        @Nullable Endpoint remote;
        boolean listened;

        SocketFacts(String host, int number, String protocol, int parent) {
            this.host = host;
            this.number = number;
            this.protocol = protocol;
            this.parent = parent;
        }
    }

    private record SocketKey(String host, int number) {}

    private final List<TraceEvent> events;

    /** Where the events of each kind are: most that is asked of a run is about one or two kinds. */
    private final Map<Class<? extends TraceEvent>, List<Integer>> positions = new HashMap<>();

    /** Likewise of several kinds together, once somebody has asked. */
    private final Map<Set<Class<? extends TraceEvent>>, List<Integer>> together = new HashMap<>();

    private final Map<Integer, TraceEvent> sentByPacket = new HashMap<>();
    private final Map<Integer, TraceEvent.CallEntered> calls = new HashMap<>();
    private final Map<String, String> hostByAddress = new HashMap<>();
    private final Map<SocketKey, SocketFacts> sockets = new LinkedHashMap<>();
    private long linkDelays;

    public TraceIndex(List<TraceEvent> events) {
        this.events = List.copyOf(events);
        int position = 0;
        for (TraceEvent event : this.events) learn(event, position++);
    }

    /** Of a run in which nothing has happened yet. */
    TraceIndex() {
        this.events = new ArrayList<>();
    }

    /** What has happened next in a run that goes on. */
    void add(TraceEvent event) {
        events.add(event);
        together.clear();
        learn(event, events.size() - 1);
    }

    private void learn(TraceEvent event, int position) {
        positions.computeIfAbsent(event.getClass(), _ -> new ArrayList<>()).add(position);
        learn(event);
    }

    /** Where events of these kinds are, in order. */
    List<Integer> positions(Set<Class<? extends TraceEvent>> kinds) {
        return together.computeIfAbsent(
                kinds,
                _ ->
                        kinds.stream()
                                .map(kind -> positions.getOrDefault(kind, List.of()))
                                .flatMap(List::stream)
                                .sorted()
                                .toList());
    }

    /** Where events of this kind are, in order. */
    List<Integer> positions(Class<? extends TraceEvent> kind) {
        return positions.getOrDefault(kind, List.of());
    }

    private void learn(TraceEvent event) {
        String host = event.stamp().host();
        switch (event) {
            case TraceEvent.HostStarted e ->
                    hostByAddress.put(e.address().replaceFirst("/.*", ""), host);
            case TraceEvent.LinkStarted e -> linkDelays += e.delay();
            case TraceEvent.SegmentSent e -> sentByPacket.put(e.packet(), e);
            case TraceEvent.DatagramSent e -> sentByPacket.put(e.packet(), e);
            case TraceEvent.IcmpSent e -> sentByPacket.put(e.packet(), e);
            case TraceEvent.CallEntered e -> calls.put(e.call(), e);
            case TraceEvent.FunctionEntered e -> calls.put(e.function(), asCall(e));
            case TraceEvent.SocketCreated e ->
                    sockets.put(
                            new SocketKey(host, e.socket()),
                            new SocketFacts(host, e.socket(), e.protocol(), e.parent()));
            case TraceEvent.SocketBound e ->
                    socket(host, e.socket()).ifPresent(s -> s.local = e.local());
            case TraceEvent.SocketConnected e ->
                    socket(host, e.socket())
                            .ifPresent(s -> {
                                s.local = e.local();
                                s.remote = e.remote();
                            });
            case TraceEvent.StateChanged e when e.to().equals("LISTEN") ->
                    socket(host, e.socket()).ifPresent(s -> s.listened = true);
            default -> {}
        }
    }

    public List<TraceEvent> events() {
        return events;
    }

    /** The event of that number; empty if there is none. */
    public Optional<TraceEvent> numbered(int seq) {
        if (events.isEmpty()) return Optional.empty();
        int position = seq - events.getFirst().stamp().seq();
        return position < 0 || position >= events.size()
                ? Optional.empty()
                : Optional.of(events.get(position));
    }

    /** The sending of the packet that {@code event} sends or receives. */
    Optional<TraceEvent> sending(TraceEvent event) {
        return switch (event) {
            case TraceEvent.SegmentReceived e -> Optional.ofNullable(sentByPacket.get(e.packet()));
            case TraceEvent.DatagramReceived e -> Optional.ofNullable(sentByPacket.get(e.packet()));
            case TraceEvent.IcmpReceived e -> Optional.ofNullable(sentByPacket.get(e.packet()));
            case TraceEvent.PacketDropped e -> Optional.ofNullable(sentByPacket.get(e.packet()));
            default -> Optional.empty();
        };
    }

    /** Functions of the library are counted with the calls, and are matched like them. */
    private static TraceEvent.CallEntered asCall(TraceEvent.FunctionEntered e) {
        return new TraceEvent.CallEntered(
                e.stamp(), e.task(), e.function(), e.name(), -1, e.text(), null, e.place());
    }

    /** The beginning of the call with this number. */
    Optional<TraceEvent.CallEntered> call(int number) {
        return Optional.ofNullable(calls.get(number));
    }

    Optional<SocketFacts> socket(String host, int number) {
        return Optional.ofNullable(sockets.get(new SocketKey(host, number)));
    }

    /** A host's sockets in the order in which they came to be. */
    List<SocketFacts> sockets(String host) {
        return sockets.values().stream().filter(s -> s.host.equals(host)).toList();
    }

    /** Whose address it is; the address itself if it is nobody's. */
    String hostOf(String address) {
        return hostByAddress.getOrDefault(address, address);
    }

    /** Whose address that is, of those that hosts start with; empty if it is nobody's. */
    Optional<String> hostOf(Endpoint endpoint) {
        return Optional.ofNullable(hostByAddress.get(endpoint.address().toString()));
    }

    /** Nanoseconds to go over every link and back: in a lab of two hosts, the round trip. */
    long roundTrip() {
        return 2 * linkDelays;
    }
}
