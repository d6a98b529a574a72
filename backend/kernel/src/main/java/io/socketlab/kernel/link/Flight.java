package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The packets between the two ends of a wire. Nearly all arrive in the order in which they entered,
 * so only the first of those is in the event loop; one that is held back has a timer of its own.
 */
final class Flight {

    /** How much later one arrives at most that is to be overtaken; nanoseconds. */
    static final long LONGEST_DETOUR = 1_000_000_000L;

    private static final int NOBODY = 0;

    private final EventLoop loop;
    private final Consumer<PacketBuffer> destination;
    private final Timer arrival;
    private final PacketFifo inOrder = new PacketFifo();
    private final List<Held> held = new ArrayList<>(0);

    /** A packet that others overtake. */
    private final class Held {

        private final PacketBuffer packet;
        private final long arrives;
        private final Timer timer = new Timer(loop, this::due);

        /** So many more are to overtake it; {@link #NOBODY} where time alone decides. */
        private int behind;

        Held(PacketBuffer packet, long arrives, int behind) {
            this.packet = packet;
            this.arrives = arrives;
            this.behind = behind;
            timer.startAt(arrives);
        }

        private void due() {
            timer.stop();
            held.remove(this);
            destination.accept(packet);
        }

        private boolean isOvertaken() {
            return behind != NOBODY && --behind == NOBODY;
        }
    }

    /**
     * @param destination takes each packet when it is there
     */
    Flight(EventLoop loop, Consumer<PacketBuffer> destination) {
        this.loop = loop;
        this.destination = destination;
        this.arrival = new Timer(loop, this::arrive);
    }

    /** When the last of those in order arrives; {@code otherwise} if there is none. */
    long lastTime(long otherwise) {
        return inOrder.isEmpty() ? otherwise : inOrder.lastTime();
    }

    /**
     * @param arrives not before those that are there already
     */
    void add(PacketBuffer packet, long arrives) {
        if (inOrder.isEmpty()) arrival.startAt(arrives);
        inOrder.add(packet, arrives);
    }

    /** One that keeps a time of its own. */
    void addLate(PacketBuffer packet, long arrives) {
        held.add(new Held(packet, arrives, NOBODY));
    }

    /** One that comes when {@code count} others have come after now, at {@code latest} anyhow. */
    void addBehind(PacketBuffer packet, int count, long latest) {
        held.add(new Held(packet, latest, count));
    }

    private void arrive() {
        PacketBuffer first = inOrder.take();
        rearm();
        destination.accept(first);
        if (held.isEmpty()) return;
        for (Held one : List.copyOf(held)) if (one.isOvertaken()) one.due();
    }

    private void rearm() {
        if (inOrder.isEmpty()) arrival.stop();
        else arrival.startAt(inOrder.firstTime());
    }

    /** The packet of that number, if it is under way. */
    @Nullable PacketBuffer find(int number) {
        int index = inOrder.indexOf(number);
        if (index >= 0) return inOrder.packet(index);
        for (Held one : held) if (one.packet.number() == number) return one.packet;
        return null;
    }

    /** When the packet of that number is to arrive; it has to be under way. */
    long arrivalOf(int number) {
        int index = inOrder.indexOf(number);
        if (index >= 0) return inOrder.time(index);
        for (Held one : held) if (one.packet.number() == number) return one.arrives;
        throw new IllegalArgumentException("packet " + number + " is not under way");
    }

    /** Takes the packet of that number out, which is under way. */
    void remove(int number) {
        int index = inOrder.indexOf(number);
        if (index >= 0) {
            inOrder.removeAt(index);
            rearm();
            return;
        }
        for (Held one : held) {
            if (one.packet.number() != number) continue;
            one.timer.stop();
            held.remove(one);
            return;
        }
    }

    /** Puts {@code copy} right behind the packet of that number, which is under way. */
    void follow(int number, PacketBuffer copy) {
        int index = inOrder.indexOf(number);
        if (index >= 0) inOrder.insert(index + 1, copy, inOrder.time(index));
        else addLate(copy, arrivalOf(number));
    }

    /** Takes out all there are, in the order in which they would arrive among each other. */
    List<PacketBuffer> removeAll() {
        var all = new ArrayList<PacketBuffer>();
        while (!inOrder.isEmpty()) all.add(inOrder.take());
        arrival.stop();
        for (Held one : held) {
            one.timer.stop();
            all.add(one.packet);
        }
        held.clear();
        return all;
    }
}
