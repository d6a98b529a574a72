package io.socketlab.kernel.link;

import java.util.List;

/**
 * What a link is like, in each direction.
 *
 * @param delay nanoseconds one way
 * @param rate bit/s, 0 for infinite
 * @param queue packets that may wait at its entrance, as at a router's; 0 if what waits for the
 *     wire waits in the sender's card and its queueing discipline
 */
public record LinkParameters(
        String name, long delay, long rate, int queue, List<Impairment> impairments) {

    public LinkParameters {
        if (delay < 0) throw new IllegalArgumentException("delay " + delay);
        if (rate < 0) throw new IllegalArgumentException("rate " + rate);
        if (queue < 0) throw new IllegalArgumentException("queue " + queue);
        impairments = List.copyOf(impairments);
    }
}
