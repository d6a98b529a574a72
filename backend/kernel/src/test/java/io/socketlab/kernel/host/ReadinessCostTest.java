package io.socketlab.kernel.host;

import static io.socketlab.kernel.syscall.Syscall.EpollCtl.EPOLL_CTL_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.ReadinessScanned;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each way to wait has to look at and to copy, where one of twenty descriptors is ready. */
class ReadinessCostTest {

    private static final int PIPES = 20;

    private final List<Integer> reading = new ArrayList<>();
    private final List<Integer> writing = new ArrayList<>();

    private TwoHosts pipes(KernelProfile profile) {
        var net = new TwoHosts(profile);
        for (int i = 0; i < PIPES; i++) {
            Syscall.PipeEnds ends = net.call(net.server, new Syscall.Pipe(0)).value();
            reading.add(ends.reading());
            writing.add(ends.writing());
        }
        return net;
    }

    private void becomesReady(TwoHosts net, int pipe) {
        net.call(net.server, 2, new Syscall.Write(writing.get(pipe), new byte[1])).value();
        net.runFor(0);
    }

    private static List<ReadinessScanned> scans(TwoHosts net) {
        return net.events(ReadinessScanned.class);
    }

    private static String text(ReadinessScanned scan) {
        return scan.walked() + " " + scan.scanned() + " " + scan.ready();
    }

    @Test
    void pollLooksAtAllOfThemAndAtAllAgainWhenItIsWoken() {
        TwoHosts net = pipes(KernelProfile.LINUX);
        var entries = new ArrayList<Syscall.PollFd>();
        for (int fd : reading) entries.add(new Syscall.PollFd(fd, EventMask.IN, 0));
        entries.add(new Syscall.PollFd(-1, EventMask.IN, 0));
        net.call(net.server, new Syscall.Poll(entries, -1));
        becomesReady(net, 7);
        assertThat(scans(net))
                .extracting(ReadinessCostTest::text)
                .containsExactly("21 20 0", "21 20 1");
        assertThat(net.server.task(1).costs().get(Cost.SCANNED)).isEqualTo(40);
    }

    @Test
    void selectGoesThroughEveryBitBelowItsCount() {
        TwoHosts net = pipes(KernelProfile.LINUX);
        int highest = reading.getLast();
        var select = new Syscall.Select(highest + 1, reading, List.of(), List.of(), -1);
        net.call(net.server, select);
        becomesReady(net, 7);
        assertThat(scans(net))
                .extracting(ReadinessCostTest::text)
                .containsExactly(highest + 1 + " 20 0", highest + 1 + " 20 1");
        assertThat(scans(net).getFirst().stamp().rule()).isEqualTo(Rule.SELECT_SCANS);
    }

    @Test
    void epollLooksAtWhatIsReady() {
        TwoHosts net = pipes(KernelProfile.LINUX);
        int epoll = net.call(net.server, new Syscall.EpollCreate1(0)).value();
        for (int fd : reading) {
            net.call(net.server, new Syscall.EpollCtl(epoll, EPOLL_CTL_ADD, fd, EventMask.IN, fd))
                    .value();
        }
        assertThat(scans(net)).as("one for each that is added").hasSize(PIPES);
        net.call(net.server, new Syscall.EpollWait(epoll, 10, -1));
        becomesReady(net, 7);
        assertThat(scans(net)).hasSize(PIPES + 1);
        assertThat(text(scans(net).getLast())).isEqualTo("1 1 1");
        assertThat(net.server.task(1).costs().get(Cost.SCANNED)).isEqualTo(PIPES + 1);
    }

    @Test
    void kqueueLikewiseAndItsChangesGoInTheSameCall() {
        TwoHosts net = pipes(KernelProfile.BSD);
        int kqueue = net.call(net.server, new Syscall.Kqueue()).value();
        var changes = new ArrayList<Kevent>();
        for (int fd : reading) {
            changes.add(new Kevent(fd, Kevent.EVFILT_READ, Kevent.EV_ADD, 0, 0, fd));
        }
        net.call(net.server, new Syscall.Kevent(kqueue, changes, 10, -1));
        becomesReady(net, 7);
        assertThat(scans(net))
                .extracting(ReadinessCostTest::text)
                .containsExactly("20 20 0", "1 1 1");
        assertThat(net.server.task(1).costs().get(Cost.TO_KERNEL)).isEqualTo(20L * 64);
        assertThat(net.server.task(1).costs().get(Cost.TO_USER)).isEqualTo(20L * 2 * 4 + 64);
    }
}
