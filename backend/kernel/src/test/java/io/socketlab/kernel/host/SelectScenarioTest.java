package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What select(2) makes of its arguments: fs/select.c, core_sys_select(). Each of these was asked of
 * Linux 6.18 as well.
 */
class SelectScenarioTest {

    private final TwoHosts net = new TwoHosts();

    private TwoHosts.Answer<Syscall.Selected> select(int count, List<Integer> reading, long time) {
        return net.call(net.server, new Syscall.Select(count, reading, List.of(), List.of(), time));
    }

    /** A pipe with an octet in it; answers the end that can be read. */
    private int readable() {
        Syscall.PipeEnds ends = net.call(net.server, new Syscall.Pipe(0)).value();
        net.call(net.server, new Syscall.Write(ends.writing(), new byte[1])).value();
        return ends.reading();
    }

    @Test
    void aClosedDescriptorIsAnErrorWhereTheTableReaches() {
        assertThat(select(64, List.of(63), 0).errno()).contains(Errno.EBADF);
        // the table has 64 entries until a higher descriptor is opened: what is beyond is not seen
        Syscall.Selected found = select(65, List.of(64), 0).value();
        assertThat(found.count()).isZero();
        assertThat(found.reading()).as("nor written back").containsExactly(64);
    }

    @Test
    void aDescriptorBelowZeroHasNoBit() {
        assertThat(select(5, List.of(-1), 0).value().count()).isZero();
    }

    @Test
    void theTableGrowsInPowersOfTwo() {
        int fd = net.udp(net.server);
        net.call(net.server, new Syscall.Dup2(fd, 64)).value();
        assertThat(select(128, List.of(127), 0).errno()).contains(Errno.EBADF);
        assertThat(select(129, List.of(128), 0).value().count()).isZero();
        net.call(net.server, new Syscall.Dup2(fd, 200)).value();
        net.call(net.server, new Syscall.Close(200)).value();
        assertThat(select(256, List.of(255), 0).errno()).contains(Errno.EBADF);
        assertThat(select(257, List.of(256), 0).value().count()).isZero();
    }

    @Test
    void descriptorsFromTheCountOnAreNotLookedAt() {
        int fd = readable();
        Syscall.Selected found = select(fd, List.of(fd), 0).value();
        assertThat(found.count()).isZero();
        assertThat(found.reading()).as("in a long that is written back").isEmpty();
        assertThat(select(100_000, List.of(), 0).value().count()).isZero();
        assertThat(select(-1, List.of(), 0).errno()).contains(Errno.EINVAL);
    }

    @Test
    void theTimeThatIsLeftIsToldAndNotByPselect() {
        int fd = readable();
        assertThat(select(fd + 1, List.of(fd), 1500 * MS).value().leftNanos()).isEqualTo(1500 * MS);
        var waiting = select(0, List.of(), 10 * MS);
        net.runFor(20 * MS);
        assertThat(waiting.text()).isEqualTo("select(0, [], [], [], 0) = 0");
        var pselect = new Syscall.Select(0, List.of(), List.of(), List.of(), 10 * MS, true);
        var other = net.call(net.server, pselect);
        net.runFor(20 * MS);
        assertThat(other.text()).isEqualTo("pselect(0, [], [], [], 0.01) = 0");
    }

    @Test
    void halfOfTheTimeIsLeft() {
        Syscall.PipeEnds ends = net.call(net.server, new Syscall.Pipe(0)).value();
        var waiting = select(ends.reading() + 1, List.of(ends.reading()), 40 * MS);
        net.runFor(20 * MS);
        net.call(net.server, 2, new Syscall.Write(ends.writing(), new byte[1])).value();
        net.runFor(0);
        assertThat(waiting.value().leftNanos()).isEqualTo(20 * MS);
    }
}
