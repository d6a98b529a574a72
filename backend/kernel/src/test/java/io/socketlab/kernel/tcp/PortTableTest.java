package io.socketlab.kernel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.PortRange;
import io.socketlab.kernel.socket.PortSharing;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.tcp.PortClaim.Kind;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class PortTableTest {

    private final Sysctls sysctls = new Sysctls();
    private final SocketSettings settings = settings(new TcpTunables(sysctls));
    private final PortTable table =
            new PortTable(new PortRange(sysctls, new Chance(1)), PortSharing.LINUX);

    @RepeatedTest(5)
    void aPortIsFreeWhenTheLastThatHeldItHasGone(RepetitionInfo repetition) {
        var chance = new Chance(repetition.getCurrentRepetition());
        List<PortClaim> held = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            if (chance.happens(0.55)) {
                PortClaim claim = claim(1 + chance.nextInt(60));
                table.add(claim);
                held.add(claim);
            } else if (!held.isEmpty()) {
                PortClaim gone = held.remove(chance.nextInt(held.size()));
                table.remove(gone);
                table.remove(gone); // once is enough, twice does no harm
            }
            int port = 1 + chance.nextInt(60);
            assertThat(table.inTheWayOf(claim(port)) == null)
                    .isEqualTo(held.stream().noneMatch(c -> c.port == port));
        }
    }

    private static SocketSettings settings(TcpTunables tunables) {
        return new SocketSettings(
                new SocketOptions(tunables.socketOptions(AddressFamily.AF_INET)), tunables);
    }

    private PortClaim claim(int port) {
        return new PortClaim(Ipv4Address.ANY, port, settings, Kind.BOUND);
    }
}
