package io.socketlab.kernel.link;

import java.util.Optional;

/**
 * How a cable is to be from now on; what is empty stays as it is.
 *
 * @param delay nanoseconds one way
 * @param rate bit/s, 0 for infinite
 * @param queue packets that may wait at its entrance; 0 for no queue of its own
 * @param loss the probability with which each packet is lost, beside what the link does by itself
 * @param jitter nanoseconds that a packet takes longer at most; it overtakes none by it
 * @param cut whether it is cut, so that whatever is on it or enters it is lost
 */
public record LinkChange(
        Optional<Long> delay,
        Optional<Long> rate,
        Optional<Integer> queue,
        Optional<Double> loss,
        Optional<Long> jitter,
        Optional<Boolean> cut) {

    /** Nothing is to be different. */
    public static final LinkChange NONE =
            new LinkChange(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public LinkChange {
        delay.ifPresent(nanos -> requireNotNegative("delay", nanos));
        rate.ifPresent(bits -> requireNotNegative("rate", bits));
        queue.ifPresent(packets -> requireNotNegative("queue", packets));
        jitter.ifPresent(nanos -> requireNotNegative("jitter", nanos));
        loss.ifPresent(p -> {
            if (!(p >= 0 && p <= 1)) throw new IllegalArgumentException("loss " + p);
        });
    }

    private static void requireNotNegative(String what, long value) {
        if (value < 0) throw new IllegalArgumentException(what + " " + value);
    }

    public LinkChange withDelay(long nanos) {
        return new LinkChange(Optional.of(nanos), rate, queue, loss, jitter, cut);
    }

    public LinkChange withRate(long bits) {
        return new LinkChange(delay, Optional.of(bits), queue, loss, jitter, cut);
    }

    public LinkChange withQueue(int packets) {
        return new LinkChange(delay, rate, Optional.of(packets), loss, jitter, cut);
    }

    public LinkChange withLoss(double probability) {
        return new LinkChange(delay, rate, queue, Optional.of(probability), jitter, cut);
    }

    public LinkChange withJitter(long nanos) {
        return new LinkChange(delay, rate, queue, loss, Optional.of(nanos), cut);
    }

    public LinkChange withCut(boolean isCut) {
        return new LinkChange(delay, rate, queue, loss, jitter, Optional.of(isCut));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
