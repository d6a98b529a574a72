package io.socketlab.lab.run;

import java.util.List;

/** A host of a lab has a route that leads nowhere. */
public final class RouteException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String host;
    private final int index;

    /**
     * @param host the name of its plan
     * @param index of the route among those of the host, from 0; -1 of its gateway
     */
    RouteException(String host, int index, String message) {
        super(message);
        this.host = host;
        this.index = index;
    }

    /** The way to the name of the other host in the lab's file, as for a place there. */
    public List<String> path() {
        return index < 0
                ? List.of("topology", "hosts", host, "gateway", "")
                : List.of("topology", "hosts", host, "routes", "" + index, "via", "");
    }
}
