package io.socketlab.lab.capture;

import java.util.HexFormat;

/**
 * A frame as a network card has sent or received it.
 *
 * @param event number of the trace's event that tells of it
 * @param at when its first bit left or its last one came in, virtual nanoseconds
 * @param device the card's name on the host: {@code eth0}
 * @param packet the number that the trace has for it
 * @param octets of the whole frame from its Ethernet header on, without its check sequence; not to
 *     be changed
 */
@SuppressWarnings("ArrayRecordComponent") // frames are compared by the event that tells of them
public record Frame(
        int event,
        long at,
        String host,
        String device,
        boolean outgoing,
        int packet,
        byte[] octets) {

    /** The name that its card has in the run: {@code client.eth0}. */
    public String card() {
        return host + "." + device;
    }

    public String hex() {
        return HexFormat.of().formatHex(octets);
    }
}
