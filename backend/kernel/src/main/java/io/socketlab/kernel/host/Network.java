package io.socketlab.kernel.host;

import io.socketlab.kernel.host.LanSpec.Cable;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.link.Link;
import io.socketlab.kernel.link.LinkParameters;
import io.socketlab.kernel.link.PacketTap;
import io.socketlab.kernel.link.Switch;
import io.socketlab.kernel.link.Wiring;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.LinkStarted;
import io.socketlab.kernel.trace.TraceSink;
import io.socketlab.kernel.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's world: hosts, LANs and links, one event loop, one trace, one seed. */
public final class Network {

    private final EventLoop loop = new EventLoop();
    private final Trace trace;
    private final Chance chance;
    private final Wiring wiring;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private int lastPacket;
    private int lastCall;
    private int cards;

    private Network(NetworkSpec spec, @Nullable TraceSink sink) {
        this.trace = sink == null ? Trace.off(loop) : Trace.to(sink, loop);
        this.chance = new Chance(spec.seed());
        this.wiring = new Wiring(loop, trace, this::nextPacket);
        for (HostSpec host : spec.hosts()) {
            if (hosts.put(host.name(), new Host(host, this)) != null) {
                throw new IllegalArgumentException("two hosts are called " + host.name());
            }
        }
        for (JoinSpec join : spec.joins()) {
            switch (join) {
                case LanSpec lan -> join(lan);
                case LinkSpec link -> join(link);
            }
        }
    }

    /**
     * Builds the network.
     *
     * @param sink takes its trace; null if nobody looks, which is cheaper
     */
    public static Network build(NetworkSpec spec, @Nullable TraceSink sink) {
        return new Network(spec, sink);
    }

    private void join(LanSpec lan) {
        var hub = new Switch(wiring);
        var joined = new ArrayList<NetworkInterface>();
        for (Cable cable : lan.cables()) {
            NetworkInterface end = host(cable.host()).nextInterface();
            joined.forEach(other -> acquaint(end, other));
            joined.add(end);
            LinkParameters parameters = cable.parameters(lan.name());
            Chance own = chance.fork("link " + lan.name() + " " + cable.host());
            hub.attach(parameters, cable.far(), end.nic(), own);
            started(parameters, cable.host(), lan.name());
        }
    }

    private void join(LinkSpec link) {
        NetworkInterface a = host(link.a()).nextInterface();
        NetworkInterface b = host(link.b()).nextInterface();
        Link.join(link.parameters(), a.nic(), b.nic(), chance.fork("link " + link.name()), wiring);
        acquaint(a, b);
        started(link.parameters(), link.a(), link.b());
    }

    /** ARP (RFC 826) is not asked: who is on a network is known to all on it. */
    private static void acquaint(NetworkInterface a, NetworkInterface b) {
        a.neighbours().add(b.address().bits(), b.nic().address());
        b.neighbours().add(a.address().bits(), a.nic().address());
    }

    private void started(LinkParameters link, String a, String b) {
        if (!trace.isOn()) return;
        trace.emit(
                new LinkStarted(
                        trace.stamp(""),
                        link.name(),
                        a,
                        b,
                        link.delay(),
                        link.rate(),
                        link.queue()));
    }

    /**
     * Connects a host to a program that plays everybody else.
     *
     * @param gateway to which the host sends what is for no network of its own
     */
    public Tun tun(String host, IpAddress gateway, Tun.Reader reader) {
        return new Tun(this, host(host), gateway, reader);
    }

    Chance chance(String user) {
        return chance.fork(user);
    }

    int nextPacket() {
        return ++lastPacket;
    }

    int nextCard() {
        return cards++;
    }

    int nextCall() {
        return ++lastCall;
    }

    /** Its wires, for somebody who lays hands on them. */
    public Wiring wiring() {
        return wiring;
    }

    public EventLoop loop() {
        return loop;
    }

    public Trace trace() {
        return trace;
    }

    /** The host of that name. */
    public Host host(String name) {
        Host host = hosts.get(name);
        if (host == null) throw new IllegalArgumentException("no host is called " + name);
        return host;
    }

    /** All hosts, in the order of the description. */
    public List<Host> hosts() {
        return new ArrayList<>(hosts.values());
    }

    /** {@code tap} sees every frame that any NIC sends or receives from now on. */
    public void tap(PacketTap tap) {
        hosts.values().forEach(host -> host.nics().forEach(nic -> nic.tap(tap)));
    }
}
