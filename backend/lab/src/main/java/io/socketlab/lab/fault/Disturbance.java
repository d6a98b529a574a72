package io.socketlab.lab.fault;

import io.socketlab.kernel.link.Fault;
import io.socketlab.kernel.link.LinkChange;
import io.socketlab.kernel.link.Wiring.Direction;
import io.socketlab.kernel.syscall.CallFault;
import java.util.Optional;

/** What somebody does to a network while it runs. */
public sealed interface Disturbance {

    /** Which of {@link DisturbanceReader#KINDS} it is: what a lab allows of. */
    String kind();

    /** The host that is named in it; empty if it names a packet. */
    default Optional<String> namedHost() {
        return Optional.of(
                        switch (this) {
                            case OfPacket _ -> "";
                            case NextFrame(_, var card, _) -> card.host();
                            case OfCable(_, var card, _, _) -> card.host();
                            case Crash(var host) -> host;
                            case Boot(var host) -> host;
                            case Stall(var host, _) -> host;
                            case OfCalls(_, var host, _, _) -> host;
                            case CallsRecover(var host) -> host;
                        })
                .filter(name -> !name.isEmpty());
    }

    /**
     * A network card, and with it the cable that goes in there.
     *
     * @param host its name
     * @param device {@code eth0}
     */
    record Card(String host, String device) {

        static final String FIRST = "eth0";

        @Override
        public String toString() {
            return device.equals(FIRST) ? host : host + " " + device;
        }
    }

    /** Befalls the next frame that leaves a card. */
    record NextFrame(String kind, Card card, Fault fault) implements Disturbance {}

    /**
     * Befalls a packet: at once if it is on a wire, else when it enters the next.
     *
     * @param packet its number in the trace
     */
    record OfPacket(String kind, int packet, Fault fault) implements Disturbance {}

    /** A cable is another from now on. */
    record OfCable(String kind, Card card, Direction direction, LinkChange change)
            implements Disturbance {}

    /** A host loses its power. */
    record Crash(String host) implements Disturbance {
        @Override
        public String kind() {
            return "crash";
        }
    }

    /** It is switched on again. */
    record Boot(String host) implements Disturbance {
        @Override
        public String kind() {
            return "crash";
        }
    }

    /**
     * The programs of a host stand still.
     *
     * @param nanos for how long
     */
    record Stall(String host, long nanos) implements Disturbance {
        @Override
        public String kind() {
            return "stall";
        }
    }

    /** Calls of a host's programs go wrong. */
    record OfCalls(String kind, String host, CallFault.Turns turns, CallFault fault)
            implements Disturbance {}

    /** They go wrong no more. */
    record CallsRecover(String host) implements Disturbance {
        @Override
        public String kind() {
            return "fail";
        }
    }
}
