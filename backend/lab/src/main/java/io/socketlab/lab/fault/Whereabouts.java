package io.socketlab.lab.fault;

import io.socketlab.kernel.trace.TraceEvent;
import java.util.List;
import java.util.Optional;

/** Where packets are, by what the trace has said of them. */
public final class Whereabouts {

    private final List<TraceEvent> events;

    /**
     * @param events of a run; grows with it
     */
    public Whereabouts(List<TraceEvent> events) {
        this.events = events;
    }

    /** Why nobody can lay hands on a packet; empty if somebody can. */
    public Optional<String> whyOutOfReach(int packet) {
        for (TraceEvent event : events.reversed()) {
            switch (event) {
                case TraceEvent.RxQueued e when e.packet() == packet -> {
                    return Optional.of("packet " + packet + " has arrived");
                }
                case TraceEvent.PacketDropped e when e.packet() == packet -> {
                    return Optional.of("packet " + packet + " was lost: " + e.reason().text());
                }
                case TraceEvent.WireEntered e when e.packet() == packet -> {
                    return Optional.empty();
                }
                case TraceEvent.TxQueued e when e.packet() == packet -> {
                    return Optional.empty();
                }
                case TraceEvent.QdiscQueued e when e.packet() == packet -> {
                    return Optional.empty();
                }
                case TraceEvent.PacketForwarded e when e.packet() == packet -> {
                    return Optional.empty();
                }
                case TraceEvent.FaultInjected e
                        when e.fault().equals("duplicate")
                                && e.how().equals("packet " + packet) -> {
                    return Optional.empty();
                }
                default -> {} // of another, or nothing that moves it
            }
        }
        return Optional.of("there has been no packet " + packet);
    }
}
