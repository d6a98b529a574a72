package io.socketlab.kernel.host;

import static io.socketlab.kernel.syscall.Syscall.EpollCtl.EPOLL_CTL_ADD;
import static io.socketlab.kernel.syscall.Syscall.EpollCtl.EPOLL_CTL_DEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.Looked;
import io.socketlab.kernel.trace.TraceEvent.CallEntered;
import io.socketlab.kernel.trace.TraceEvent.InterestChanged;
import io.socketlab.kernel.trace.TraceEvent.KnoteChanged;
import io.socketlab.kernel.trace.TraceEvent.ReadinessScanned;
import io.socketlab.kernel.trace.TraceEvent.ReadyListChanged;
import io.socketlab.kernel.trace.Watched;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The trace has what a wait has looked at, and the lists that epoll(7) and kqueue(2) keep. */
class ReadinessTraceTest {

    private TwoHosts net = new TwoHosts();
    private Syscall.PipeEnds pipe = pipe();

    private Syscall.PipeEnds pipe() {
        return net.call(net.server, new Syscall.Pipe(0)).value();
    }

    private void write(int octets) {
        net.call(net.server, 2, new Syscall.Write(pipe.writing(), new byte[octets])).value();
        net.runFor(0);
    }

    private void onFreeBsd() {
        net = new TwoHosts(KernelProfile.BSD);
        pipe = pipe();
    }

    @Test
    void pollTellsWhatItFoundOfEachEntry() {
        int in = EventMask.IN;
        net.call(
                net.server,
                new Syscall.Poll(
                        List.of(
                                new Syscall.PollFd(pipe.reading(), in, 0),
                                new Syscall.PollFd(-1, in, 0),
                                new Syscall.PollFd(99, in, 0),
                                new Syscall.PollFd(pipe.writing(), EventMask.OUT, 0)),
                        -1));
        ReadinessScanned scan = net.events(ReadinessScanned.class).getLast();
        assertThat(scan.looked())
                .containsExactly(
                        new Looked(pipe.reading(), in, 0),
                        new Looked(-1, 0, 0),
                        new Looked(99, 0, EventMask.NVAL),
                        new Looked(pipe.writing(), EventMask.OUT, EventMask.OUT));
        assertThat(scan.leftOut()).isZero();
    }

    @Test
    void ofManyEntriesTheFirstAreTold() {
        var entries = new ArrayList<Syscall.PollFd>();
        for (int i = 0; i < 100; i++) {
            entries.add(new Syscall.PollFd(pipe.reading(), EventMask.IN, 0));
        }
        net.call(net.server, new Syscall.Poll(entries, 0)).value();
        ReadinessScanned scan = net.events(ReadinessScanned.class).getLast();
        assertThat(scan.looked()).hasSize(64);
        assertThat(scan.leftOut()).isEqualTo(36);
    }

    @Test
    void selectTellsTheDescriptorsOfItsSets() {
        net.call(
                net.server,
                new Syscall.Select(
                        10, List.of(pipe.reading()), List.of(pipe.writing()), List.of(), 0));
        List<Looked> looked = net.events(ReadinessScanned.class).getLast().looked();
        assertThat(looked).extracting(Looked::fd).containsExactly(3L, 4L);
        assertThat(looked.getFirst().found()).isZero();
        assertThat(looked.getLast().found() & EventMask.OUT).isNotZero();
    }

    /** epoll(7): what has been told stays on the ready list if it is level-triggered. */
    @Test
    void theReadyListIsToldAtEveryChange() {
        int epoll = net.call(net.server, new Syscall.EpollCreate1(0)).value();
        int fd = pipe.reading();
        net.call(net.server, new Syscall.EpollCtl(epoll, EPOLL_CTL_ADD, fd, EventMask.IN, 7L))
                .value();
        InterestChanged added = net.events(InterestChanged.class).getLast();
        assertThat(added.change()).isEqualTo("added");
        assertThat(added.data()).isEqualTo(7);
        assertThat(net.events(ReadyListChanged.class)).isEmpty();

        write(5);
        assertThat(ready()).containsExactly(new Watched(fd, added.file()));
        net.call(net.server, new Syscall.EpollWait(epoll, 10, 0)).value();
        assertThat(net.events(ReadinessScanned.class).getLast().looked())
                .extracting(Looked::found)
                .containsExactly(EventMask.IN);
        assertThat(ready()).as("told again by the next call").hasSize(1);

        net.call(net.server, new Syscall.Read(fd, 5)).value();
        net.call(net.server, new Syscall.EpollWait(epoll, 10, 0)).value();
        assertThat(ready()).as("looked at, and no longer ready").isEmpty();
        assertThat(net.events(ReadinessScanned.class).getLast().looked())
                .extracting(Looked::found)
                .containsExactly(0);
    }

    @Test
    void anEdgeTriggeredEntryLeavesTheReadyListWhenItIsTold() {
        int epoll = net.call(net.server, new Syscall.EpollCreate1(0)).value();
        int events = EventMask.IN | EventMask.ET | EventMask.ONESHOT;
        int fd = pipe.reading();
        net.call(net.server, new Syscall.EpollCtl(epoll, EPOLL_CTL_ADD, fd, events, 7L)).value();
        write(5);
        assertThat(ready()).hasSize(1);
        net.call(net.server, new Syscall.EpollWait(epoll, 10, 0)).value();
        assertThat(ready()).isEmpty();
        assertThat(changes()).containsExactly("added", "disarmed");

        net.call(net.server, new Syscall.EpollCtl(epoll, EPOLL_CTL_DEL, fd, 0, 0)).value();
        assertThat(changes()).containsExactly("added", "disarmed", "removed");
    }

    private List<Watched> ready() {
        return net.events(ReadyListChanged.class).getLast().ready();
    }

    private List<String> changes() {
        return net.events(InterestChanged.class).stream().map(InterestChanged::change).toList();
    }

    /** kqueue(2): EV_CLEAR resets the state once the event has been retrieved. */
    @Test
    void aKnoteIsToldWhenItChanges() {
        onFreeBsd();
        int kqueue = net.call(net.server, new Syscall.Kqueue()).value();
        int flags = Kevent.EV_ADD | Kevent.EV_CLEAR;
        var change = new Kevent(pipe.reading(), Kevent.EVFILT_READ, flags, 0, 0, 7);
        net.call(net.server, new Syscall.Kevent(kqueue, List.of(change), 0, 0)).value();
        assertThat(knotes()).containsExactly("EVFILT_READ EV_CLEAR 0 idle");

        write(5);
        assertThat(knotes()).last().isEqualTo("EVFILT_READ EV_CLEAR 5 queued");
        assertThat(net.events(KnoteChanged.class).getLast().stamp().cause())
                .as("the write(2), though the filter looked when that was over")
                .isEqualTo(net.events(CallEntered.class).getLast().stamp().seq());
        net.call(net.server, new Syscall.Kevent(kqueue, List.of(), 10, 0)).value();
        assertThat(knotes()).last().isEqualTo("EVFILT_READ EV_CLEAR 0 idle");
        assertThat(net.events(ReadinessScanned.class).getLast().looked())
                .containsExactly(new Looked(pipe.reading(), Kevent.EVFILT_READ, 1));

        int told = knotes().size();
        net.call(net.server, new Syscall.Kevent(kqueue, List.of(), 10, 0)).value();
        assertThat(knotes()).as("nothing has changed").hasSize(told);
        net.call(net.server, new Syscall.Close(pipe.reading())).value();
        assertThat(knotes()).last().asString().endsWith("gone");
    }

    private List<String> knotes() {
        return net.events(KnoteChanged.class).stream()
                .map(k -> k.filter() + " " + k.flags() + " " + k.data() + " " + k.state())
                .toList();
    }
}
