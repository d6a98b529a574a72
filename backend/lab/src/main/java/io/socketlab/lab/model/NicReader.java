package io.socketlab.lab.model;

import io.socketlab.kernel.link.Coalescing;
import io.socketlab.kernel.link.NicSettings;
import java.util.List;

/**
 * Reads what a host says of its network card: the sizes of its rings, and how it holds interrupts
 * back, under the names that {@code ethtool} has for them.
 */
final class NicReader {

    private static final int MAX_FRAMES = NicSettings.MAX_RING;

    private NicReader() {}

    /**
     * @param host the fields of the host, of which {@code nic}, {@code rx_ring} and {@code tx_ring}
     *     are read
     */
    static NicSettings read(Fields host) {
        NicSettings rings = rings(host, NicSettings.DEFAULT);
        return host.get("nic").map(e -> nic(e, rings)).orElse(rings);
    }

    private static NicSettings nic(Element element, NicSettings usual) {
        try (Fields fields = element.fields("a nic, as in {rx_ring: 256, rx_usecs: 50}")) {
            NicSettings settings = rings(fields, usual);
            var counts = List.of("rx", "tx");
            int[] usecs = new int[counts.size()];
            int[] frames = new int[counts.size()];
            for (int i = 0; i < counts.size(); i++) {
                String direction = counts.get(i);
                usecs[i] = fields.integer(direction + "_usecs", 0, Coalescing.MAX_USECS, 0);
                int usualFrames = usecs[i] == 0 ? 1 : 0;
                frames[i] = fields.integer(direction + "_frames", 0, MAX_FRAMES, usualFrames);
                if (usecs[i] == 0 && frames[i] == 0) {
                    element.problem(
                            "expected %s_usecs or %s_frames above 0; with neither, no interrupt ever comes"
                                    .formatted(direction, direction));
                    frames[i] = 1;
                }
            }
            return settings.withGro(fields.flag("gro", false))
                    .withCoalescing(new Coalescing(usecs[0], frames[0], usecs[1], frames[1]));
        }
    }

    private static NicSettings rings(Fields fields, NicSettings usual) {
        return usual.withRings(
                fields.integer("rx_ring", 1, NicSettings.MAX_RING, usual.rxRing()),
                fields.integer("tx_ring", 1, NicSettings.MAX_RING, usual.txRing()));
    }
}
