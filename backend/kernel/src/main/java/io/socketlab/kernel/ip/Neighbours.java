package io.socketlab.kernel.ip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Which MAC address a neighbour has. Known beforehand; ARP (RFC 826) has its place here. */
public final class Neighbours {

    private final Map<Integer, Long> addresses = new LinkedHashMap<>();

    public void add(int ipv4, long mac) {
        addresses.put(ipv4, mac);
    }

    OptionalLong resolve(int ipv4) {
        Long mac = addresses.get(ipv4);
        return mac == null ? OptionalLong.empty() : OptionalLong.of(mac);
    }
}
