package io.socketlab.fuzz;

import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two hosts, any calls by several tasks of each, signals, and a wire that fails: no exception, no
 * errno that the man page does not have, and in the end nothing that is still held.
 */
final class CallWorld {

    private static final Ipv4Address A = new Ipv4Address(0x0A00_0001);
    private static final Ipv4Address B = new Ipv4Address(0x0A00_0002);
    private static final Ipv6Address A6 = global(1);
    private static final Ipv6Address B6 = global(2);
    private static final NetworkSpec ALIKE = network(KernelProfile.LINUX);
    private static final NetworkSpec MIXED = network(KernelProfile.BSD);
    private static final long MS = 1_000_000;
    private static final int MAX_STEPS = 120;
    private static final int MAX_EVENTS_PER_STEP = 20_000;
    private static final int MAX_EVENTS_TO_THE_END = 200_000;

    private final Inputs in;
    private final Network network;
    private final FaultyWire wire;
    private final CallingHost[] hosts;
    private long traced;

    private CallWorld(Inputs in) {
        this.in = in;
        int world = in.octet();
        NetworkSpec spec = (world & 64) == 0 ? ALIKE : MIXED;
        network = Network.build(spec, world % 8 == 1 ? event -> traced++ : null);
        wire = new FaultyWire(network, "a", A, "b", B);
        hosts =
                new CallingHost[] {
                    new CallingHost(network.host("a"), in, List.of(A, B, B6, A, B)),
                    new CallingHost(network.host("b"), in, List.of(B, A, A6, B, A))
                };
        for (CallingHost host : hosts) host.serve();
        if ((world & 16) != 0) hosts[0].connect(B);
        if ((world & 32) != 0) hosts[1].connect(A);
        pass(10 * MS);
    }

    private static NetworkSpec network(KernelProfile ofB) {
        HostSpec a = host("a", A, A6, KernelProfile.LINUX);
        return new NetworkSpec(1, List.of(a, host("b", B, B6, ofB)), List.of());
    }

    private static HostSpec host(
            String name, Ipv4Address address, Ipv6Address address6, KernelProfile profile) {
        HostSpec usual = HostSpec.linux(name, address, 24);
        return new HostSpec(
                name,
                address,
                24,
                Optional.of(new Ipv6Interface(address6, 64)),
                profile,
                Map.of(),
                usual.mtu(),
                usual.nic(),
                usual.cpu(),
                List.of(),
                List.of());
    }

    /** 2001:db8::1 and on. */
    private static Ipv6Address global(int host) {
        return new Ipv6Address(0x2001_0DB8L << 32, host);
    }

    static void run(byte[] data) {
        var world = new CallWorld(new Inputs(data));
        for (int i = 0; world.in.hasMore() && i < MAX_STEPS; i++) world.step();
        world.finish();
    }

    private void step() {
        int what = in.octet();
        CallingHost host = hosts[what >> 4 & 1];
        switch (what & 15) {
            case 10, 11 -> pass(in.pick(0, 1, 3, 40, 200, 1000, 60_000, 600_000) * MS);
            case 12 -> host.interrupt();
            case 13 -> wire.change(in);
            case 14 -> wire.icmp(in);
            case 15 -> host.fillQueue();
            case 9 -> host.lookUp();
            default -> host.call();
        }
        pass(0);
        for (CallingHost each : hosts) each.check();
    }

    private void pass(long nanos) {
        EventLoop loop = network.loop();
        long until = loop.now() + nanos;
        int events = 0;
        while (loop.nextAt() <= until) {
            loop.runNext();
            if (++events > MAX_EVENTS_PER_STEP) throw new AssertionError("no end of events");
        }
        loop.runUntil(until);
    }

    private void finish() {
        for (CallingHost host : hosts) host.letGo();
        int events = 0;
        while (network.loop().runNext()) {
            if (++events > MAX_EVENTS_TO_THE_END) throw new AssertionError("it does not end");
        }
        for (CallingHost host : hosts) host.mustBeEmpty();
    }
}
