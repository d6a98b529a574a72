package io.socketlab.kernel.ip;

/**
 * What a route says beforehand of the way it goes; 0 where it says nothing. ip-route(8).
 *
 * @param mtu octets, locked: it is not learnt anew from ICMP
 * @param advertisedMss octets, {@code advmss}
 * @param initialWindow segments, {@code initcwnd}
 * @param initialReceiveWindow segments, {@code initrwnd}
 */
public record RouteMetrics(
        int mtu, int advertisedMss, int initialWindow, int initialReceiveWindow) {

    public static final RouteMetrics NONE = new RouteMetrics(0, 0, 0, 0);
}
