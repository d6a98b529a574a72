package io.socketlab.lab.script;

/**
 * Whose wire a fault is on: that of a network card of a host.
 *
 * @param deviceAt where the card is written, and where the host is if no card is
 * @param device {@code eth0} if none is written
 */
public record Wire(Position hostAt, String host, Position deviceAt, String device) {

    private static final String FIRST = "eth0";

    /** The wire of a host's first card. */
    public static Wire of(Position hostAt, String host) {
        return new Wire(hostAt, host, hostAt, FIRST);
    }

    /** As an input line names it: {@code client}, {@code router eth1}. */
    @Override
    public String toString() {
        return device.equals(FIRST) ? host : host + " " + device;
    }
}
