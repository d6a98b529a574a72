package io.socketlab.lab.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host has to do with names.
 *
 * @param files of the host, by their path: {@code /etc/hosts}
 * @param nameServers whom its programs ask, hosts or addresses, in order
 * @param search domains in which they look for short names
 * @param zones that it serves, by the names of the zones, as master files write them
 * @param forward whom it asks for what it does not know, remembering the answers
 */
public record NamePlan(
        Map<String, String> files,
        List<String> nameServers,
        List<String> search,
        Map<String, String> zones,
        Optional<String> forward) {

    public NamePlan {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        nameServers = List.copyOf(nameServers);
        search = List.copyOf(search);
        zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
    }
}
