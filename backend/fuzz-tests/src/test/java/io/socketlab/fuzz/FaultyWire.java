package io.socketlab.fuzz;

import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.Tun;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import java.util.Arrays;

/** What lies between two hosts, in the hands of the fuzzer. */
final class FaultyWire {

    private static final long DELAY = 1_000_000;

    private enum State {
        WHOLE,
        CUT,
        LOSING,
        REPEATING
    }

    private final Network network;
    private final Tun[] ends = new Tun[2];
    private final byte[][] lastFrom = {new byte[0], new byte[0]};
    private State state = State.WHOLE;
    private int packets;

    FaultyWire(
            Network network, String a, Ipv4Address addressOfA, String b, Ipv4Address addressOfB) {
        this.network = network;
        ends[0] = network.tun(a, addressOfB, packet -> carry(packet, 0));
        ends[1] = network.tun(b, addressOfA, packet -> carry(packet, 1));
    }

    private void carry(PacketBuffer packet, int from) {
        byte[] octets = Arrays.copyOfRange(packet.octets(), packet.start(), packet.end());
        lastFrom[from] = octets;
        packets++;
        boolean lost = state == State.CUT || state == State.LOSING && packets % 3 == 0;
        if (lost) return;
        deliver(octets, 1 - from, DELAY);
        if (state == State.REPEATING && packets % 2 == 0) deliver(octets, 1 - from, 3 * DELAY);
    }

    private void deliver(byte[] octets, int to, long delay) {
        new Timer(network.loop(), () -> ends[to].inject(octets)).start(delay);
    }

    /** It fails, or is mended. */
    void change(Inputs in) {
        state = State.values()[in.octet() % State.values().length];
    }

    /** Tells one host what became of its last packet, truly or not. */
    void icmp(Inputs in) {
        int to = in.octet() & 1;
        byte[] about = lastFrom[to];
        if (about.length < Ipv4Header.SIZE || about[0] >> 4 != 4) return;
        Ipv4Header original = Ipv4Header.parse(about, 0, about.length);
        int quoted = Math.min(about.length, 28);
        int length = IcmpMessage.SIZE + quoted;
        byte[] packet = new byte[Ipv4Header.SIZE + length];
        System.arraycopy(about, 0, packet, Ipv4Header.SIZE + IcmpMessage.SIZE, quoted);
        int rest = in.pick(0, 68, 576, 1400);
        new IcmpMessage(in.pick(3, 3, 3, 11, 12, 4), in.octet() % 16, rest)
                .writeTo(packet, Ipv4Header.SIZE, length);
        header(packet, original).writeTo(packet, 0);
        ends[to].inject(packet);
    }

    private static Ipv4Header header(byte[] packet, Ipv4Header original) {
        return new Ipv4Header(
                Ipv4Header.SIZE,
                0,
                packet.length,
                7,
                false,
                false,
                0,
                64,
                Ipv4Header.ICMP,
                /* src= */ original.dst(),
                /* dst= */ original.src());
    }
}
