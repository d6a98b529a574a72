package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wire.EthernetHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A learning switch. It takes in whole frames, remembers by which port each sender came, and sends
 * a frame out by the port of whom it is for, or, where nobody knows that one, by all others. Each
 * port has a queue of its own, which drops what does not fit. IEEE 802.1D §7.
 */
public final class Switch {

    /** For how long a sender is remembered. IEEE 802.1D table 7-5. */
    private static final long AGEING = 300_000_000_000L;

    private record Learnt(Socket port, long at) {}

    private final Wiring wiring;
    private final EventLoop loop;
    private final Trace trace;
    private final List<Socket> ports = new ArrayList<>();
    // looked up by MAC address and never iterated over
    private final Map<Long, Learnt> learnt = new HashMap<>();

    /**
     * @param wiring to which its cables belong
     */
    public Switch(Wiring wiring) {
        this.wiring = wiring;
        this.loop = wiring.loop();
        this.trace = wiring.trace();
    }

    /**
     * Lays a cable from a port of its own to {@code nic}.
     *
     * @param cable its queue is that of the port
     * @param name how impairments call what comes from the switch
     * @param chance the cable's own, from which each direction takes a stream
     */
    public void attach(LinkParameters cable, String name, Nic nic, Chance chance) {
        var socket = new Socket(cable.queue());
        Port end = nic.port();
        ports.add(socket);
        end.connect(new Wire(cable, nic.host(), end, socket, chance.fork(nic.host()), wiring));
        socket.connect(new Wire(cable, name, socket, end, chance.fork(name), wiring));
    }

    /** One of its ports. */
    private final class Socket implements Port {

        private final PacketList queue = new PacketList();
        private int limit;
        private @Nullable Wire out;

        /**
         * @param limit frames that may wait; 0 for no limit
         */
        Socket(int limit) {
            limit(limit);
        }

        private void limit(int frames) {
            limit = frames == 0 ? Integer.MAX_VALUE : frames;
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public String device() {
            return "";
        }

        @Override
        public void connect(Wire outgoing) {
            out = outgoing;
        }

        @Override
        public void reconsider() {
            if (out != null) limit(out.queue());
        }

        @Override
        public @Nullable PacketBuffer nextToSend() {
            return queue.take();
        }

        @Override
        public int waiting() {
            return queue.length();
        }

        @Override
        public void taken(PacketBuffer frame) {}

        @Override
        public void transmitted(PacketBuffer frame) {}

        @Override
        public void arrive(PacketBuffer frame) {
            learnt.put(
                    EthernetHeader.source(frame.octets(), frame.start()),
                    new Learnt(this, loop.now()));
            Socket to = portOf(EthernetHeader.destination(frame.octets(), frame.start()));
            if (to == null) flood(frame, this);
            else if (to != this) to.send(frame);
        }

        private void send(PacketBuffer frame) {
            if (queue.length() >= limit) {
                drop(frame);
                return;
            }
            queue.add(frame);
            if (out != null) out.transmit();
        }
    }

    /** Null if it is not known who has that address, or if many have. */
    private @Nullable Socket portOf(long address) {
        Learnt known = learnt.get(address);
        return known == null || known.at + AGEING <= loop.now() ? null : known.port;
    }

    /** All copies keep the number: one at most is for a host that takes it. */
    private void flood(PacketBuffer frame, Socket from) {
        for (Socket port : ports) if (port != from) port.send(frame.copy(frame.number()));
    }

    private void drop(PacketBuffer frame) {
        if (!trace.isOn()) return;
        int before = trace.because(frame.cause());
        trace.emit(
                new PacketDropped(
                        trace.stamp(""), frame.number(), "switch", DropReason.LINK_QUEUE_FULL));
        trace.because(before);
    }
}
