package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.InterruptHeld;
import io.socketlab.kernel.trace.TraceEvent.InterruptRaised;
import io.socketlab.kernel.trace.TraceEvent.NapiPolled;
import java.util.function.IntSupplier;

/**
 * The interrupts of a NIC and the polls that follow them: net/core/dev.c. An interrupt is held back
 * as long as its {@link Coalescing} says; once raised it stays masked, and the softirq polls the
 * rings until a poll leaves something of its weight.
 */
final class Napi {

    /** Frames that one poll takes at most; Linux's NAPI_POLL_WEIGHT. */
    static final int WEIGHT = 64;

    /** What the driver does in a poll. */
    interface Driver {

        /** Frames that the device has written and the driver has not taken. */
        int received();

        /** Frames that have been sent and whose descriptors are not clean. */
        int sent();

        /** Cleans the TX ring, and passes up the oldest {@code frames} of the RX ring. */
        void poll(int frames);
    }

    private final String host;
    private final String device;
    private final Trace trace;
    private final Driver driver;
    private final InterruptModeration rx;
    private final InterruptModeration tx;
    private final Timer softirq;
    private IntSupplier softirqBudget = () -> 300;
    private boolean masked;

    /** The event of the first frame whose interrupt is held back. */
    private int heldBecause;

    private long interrupts;
    private long polls;
    private long timeSqueezes;

    Napi(String host, String device, EventLoop loop, Trace trace, Driver driver) {
        this.host = host;
        this.device = device;
        this.trace = trace;
        this.driver = driver;
        rx = new InterruptModeration(loop, () -> raise(heldBecause));
        tx = new InterruptModeration(loop, () -> raise(heldBecause));
        softirq = new Timer(loop, this::softirq);
    }

    void coalescing(Coalescing setting) {
        rx.set(setting.rxUsecs(), setting.rxFrames());
        tx.set(setting.txUsecs(), setting.txFrames());
    }

    /**
     * @param frames that one softirq takes before it lets others run: net.core.netdev_budget
     */
    void softirqBudget(IntSupplier frames) {
        softirqBudget = frames;
    }

    /** Whether sent frames wait for an interrupt or a poll to be cleaned. */
    boolean holdsSent() {
        return !tx.isOff();
    }

    /** The device has written a frame. */
    void received(PacketBuffer frame) {
        done(rx, frame);
    }

    /** The device has sent a frame. */
    void sent(PacketBuffer frame) {
        done(tx, frame);
    }

    private void done(InterruptModeration moderation, PacketBuffer frame) {
        if (masked) return;
        if (moderation.isDue()) {
            raise(frame.cause());
        } else if (moderation.pending() == 1) {
            heldBecause = frame.cause();
            if (trace.isOn()) hold(moderation);
        }
    }

    private void hold(InterruptModeration moderation) {
        int before = trace.because(heldBecause);
        trace.emit(
                new InterruptHeld(
                        trace.stamp(host, Rule.LINUX_INTERRUPT_COALESCING),
                        device,
                        moderation == rx ? "rx" : "tx",
                        moderation.deadline()));
        trace.because(before);
    }

    private void raise(int because) {
        interrupts++;
        if (trace.isOn()) {
            int before = trace.because(because);
            trace.emit(new InterruptRaised(trace.stamp(host, Rule.LINUX_NAPI_INTERRUPT), device));
            trace.because(before);
        }
        masked = true;
        softirq.start(0);
    }

    /** Nothing is to be told of any more. */
    void stop() {
        rx.reset();
        tx.reset();
        softirq.stop();
        masked = false;
    }

    /** Polls in this breath, if a poll is due. */
    void pollNow() {
        if (!softirq.isRunning()) return;
        softirq.stop();
        softirq();
    }

    /** Linux's net_rx_action(): it polls until there is no more, or its budget is used up. */
    private void softirq() {
        int budget = softirqBudget.getAsInt();
        while (masked) {
            budget -= poll();
            if (masked && budget <= 0) {
                timeSqueezes++;
                softirq.start(0);
                return;
            }
        }
    }

    private int poll() {
        polls++;
        rx.reset();
        tx.reset();
        int received = driver.received();
        int frames = Math.min(received, WEIGHT);
        // one that has used its weight up may have left something, and polls again
        boolean again = frames == WEIGHT;
        if (trace.isOn()) {
            trace.because(0);
            trace.emit(
                    new NapiPolled(
                            trace.stamp(host, Rule.LINUX_NAPI_POLL),
                            device,
                            frames,
                            received - frames,
                            driver.sent(),
                            WEIGHT,
                            again));
        }
        driver.poll(frames);
        masked = again;
        return frames;
    }

    long interrupts() {
        return interrupts;
    }

    long polls() {
        return polls;
    }

    /** How often the budget was used up with work left. */
    long timeSqueezes() {
        return timeSqueezes;
    }
}
