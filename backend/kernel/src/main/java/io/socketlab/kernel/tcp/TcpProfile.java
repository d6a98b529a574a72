package io.socketlab.kernel.tcp;

import io.socketlab.kernel.tcp.congestion.CongestionControl;
import io.socketlab.kernel.tcp.congestion.Cubic;
import io.socketlab.kernel.tcp.congestion.Reno;
import io.socketlab.kernel.tcp.congestion.Vegas;
import java.util.Optional;

/**
 * What differs from kernel to kernel in TCP: its constants and its algorithms.
 *
 * @param initialWindow segments; RFC 6928
 */
record TcpProfile(String name, int initialWindow) {

    static final TcpProfile LINUX = new TcpProfile("linux", 10);

    RttEstimator newRttEstimator(RttEstimator.Bounds bounds) {
        return new RttEstimator(bounds);
    }

    /** The algorithm called {@code name}, which {@link #hasCongestionControl} knows. */
    CongestionControl newCongestionControl(String algorithm) {
        return find(algorithm).orElseGet(Cubic::new);
    }

    boolean hasCongestionControl(String algorithm) {
        return find(algorithm).isPresent();
    }

    private static Optional<CongestionControl> find(String algorithm) {
        return switch (algorithm) {
            case "cubic" -> Optional.of(new Cubic());
            case "reno" -> Optional.of(new Reno());
            case "vegas" -> Optional.of(new Vegas());
            default -> Optional.empty();
        };
    }
}
