package io.socketlab.kernel.host;

import io.socketlab.kernel.link.Link;
import io.socketlab.kernel.link.PacketTap;
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

/** A run's world: hosts and links, one event loop, one trace, one seed. */
public final class Network {

    private final EventLoop loop = new EventLoop();
    private final Trace trace;
    private final Chance chance;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private int lastPacket;
    private int lastCall;

    private Network(NetworkSpec spec, @Nullable TraceSink sink) {
        this.trace = sink == null ? Trace.off(loop) : Trace.to(sink, loop);
        this.chance = new Chance(spec.seed());
        for (HostSpec host : spec.hosts()) {
            if (hosts.put(host.name(), new Host(host, hosts.size(), this)) != null) {
                throw new IllegalArgumentException("two hosts are called " + host.name());
            }
        }
        spec.links().forEach(this::join);
    }

    /**
     * Builds the network.
     *
     * @param sink takes its trace; null if nobody looks, which is cheaper
     */
    public static Network build(NetworkSpec spec, @Nullable TraceSink sink) {
        return new Network(spec, sink);
    }

    private void join(LinkSpec link) {
        Host a = host(link.a());
        Host b = host(link.b());
        Link.join(
                link.parameters(),
                a.nic(),
                b.nic(),
                chance.fork("link " + link.name()),
                loop,
                trace,
                this::nextPacket);
        a.ip().neighbours().add(b.address().bits(), b.nic().address());
        b.ip().neighbours().add(a.address().bits(), a.nic().address());
        if (trace.isOn()) {
            trace.emit(
                    new LinkStarted(
                            trace.stamp(""),
                            link.name(),
                            link.a(),
                            link.b(),
                            link.delayNanos(),
                            link.rateBitsPerSecond(),
                            link.queuePackets()));
        }
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

    int nextCall() {
        return ++lastCall;
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
        hosts.values().forEach(host -> host.nic().tap(tap));
    }
}
