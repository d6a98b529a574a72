package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.poll.Kevent.EVFILT_READ;
import static io.socketlab.kernel.poll.Kevent.EVFILT_USER;
import static io.socketlab.kernel.poll.Kevent.EVFILT_WRITE;
import static io.socketlab.kernel.poll.Kevent.EV_ADD;
import static io.socketlab.kernel.poll.Kevent.EV_CLEAR;
import static io.socketlab.kernel.poll.Kevent.EV_DELETE;
import static io.socketlab.kernel.poll.Kevent.EV_DISABLE;
import static io.socketlab.kernel.poll.Kevent.EV_DISPATCH;
import static io.socketlab.kernel.poll.Kevent.EV_ENABLE;
import static io.socketlab.kernel.poll.Kevent.EV_EOF;
import static io.socketlab.kernel.poll.Kevent.EV_ERROR;
import static io.socketlab.kernel.poll.Kevent.EV_ONESHOT;
import static io.socketlab.kernel.poll.Kevent.EV_RECEIPT;
import static io.socketlab.kernel.poll.Kevent.NOTE_FFCOPY;
import static io.socketlab.kernel.poll.Kevent.NOTE_FFOR;
import static io.socketlab.kernel.poll.Kevent.NOTE_LOWAT;
import static io.socketlab.kernel.poll.Kevent.NOTE_TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * kqueue(2) of the profile bsd, by FreeBSD's sys/kern/kern_event.c and the filters of
 * uipc_socket.c. The server accepts a connection as 4; its kqueue is 5.
 */
class KqueueScenarioTest {

    private static final int KQ = 5;

    private final TwoHosts net = new TwoHosts(KernelProfile.BSD);

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    private void connected() {
        server(new Syscall.Bind(net.tcp(net.server), at(Ipv4Address.ANY, 80))).value();
        server(new Syscall.Listen(3, 5)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        server(new Syscall.Accept(3, 0)).value();
        assertThat(server(new Syscall.Kqueue()).value()).isEqualTo(KQ);
    }

    private static Kevent change(int ident, int filter, int flags) {
        return new Kevent(ident, filter, flags, 0, 0, ident);
    }

    private List<Kevent> kevent(Kevent... changes) {
        return server(new Syscall.Kevent(KQ, List.of(changes), 9, 0)).value();
    }

    @Test
    void aChangeMayClaimAnErrorOfAnyNumber() {
        var change = new Kevent(3, Kevent.EVFILT_READ, Kevent.EV_ERROR, 0, 1_000_000, 0);
        assertThat(change.toString()).contains("1000000");
    }

    private Errno refused(Kevent change) {
        return server(new Syscall.Kevent(KQ, List.of(change), 0, 0)).errno().orElseThrow();
    }

    private void clientSends(int octets) {
        net.call(net.client, new Syscall.Send(3, new byte[octets], 0, Optional.empty())).value();
        net.runFor(50 * MS);
    }

    private void serverReads(int octets) {
        server(new Syscall.Read(4, octets)).value();
    }

    @Test
    void readTellsHowMuchThereIsToRead() {
        connected();
        assertThat(kevent(change(4, EVFILT_READ, EV_ADD))).isEmpty();
        clientSends(10);
        assertThat(kevent()).containsExactly(new Kevent(4, EVFILT_READ, 0, 0, 10, 4));
        serverReads(4);
        assertThat(kevent()).containsExactly(new Kevent(4, EVFILT_READ, 0, 0, 6, 4));
        serverReads(6);
        assertThat(kevent()).isEmpty();
    }

    @Test
    void aListenersDataAreConnectionsThatWait() {
        connected();
        for (int i = 0; i < 2; i++) {
            net.call(net.client, 2 + i, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        }
        net.runFor(50 * MS);
        assertThat(kevent(change(3, EVFILT_READ, EV_ADD)))
                .containsExactly(new Kevent(3, EVFILT_READ, 0, 0, 2, 3));
    }

    @Test
    void aLowWaterMarkOfItsOwnIsWaitedFor() {
        connected();
        var change = new Kevent(4, EVFILT_READ, EV_ADD, NOTE_LOWAT, 100, 0);
        assertThat(kevent(change)).isEmpty();
        clientSends(99);
        assertThat(kevent()).isEmpty();
        clientSends(1);
        assertThat(kevent()).extracting(Kevent::data).containsExactly(100L);
    }

    @Test
    void withClearItIsToldOnceForEachArrival() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD | EV_CLEAR));
        clientSends(3);
        assertThat(kevent()).containsExactly(new Kevent(4, EVFILT_READ, EV_CLEAR, 0, 3, 4));
        assertThat(kevent()).isEmpty();
        clientSends(2);
        assertThat(kevent()).extracting(Kevent::data).containsExactly(5L);
    }

    @Test
    void oneShotIsDeletedWhenItHasBeenTold() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD | EV_ONESHOT));
        clientSends(3);
        assertThat(kevent()).hasSize(1);
        clientSends(3);
        assertThat(kevent()).isEmpty();
        assertThat(refused(change(4, EVFILT_READ, EV_DELETE))).isEqualTo(Errno.ENOENT);
    }

    @Test
    void dispatchIsDisabledWhenItHasBeenTold() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD | EV_DISPATCH));
        clientSends(3);
        assertThat(kevent()).hasSize(1);
        clientSends(3);
        assertThat(kevent()).isEmpty();
        assertThat(kevent(change(4, EVFILT_READ, EV_ENABLE)))
                .extracting(Kevent::data)
                .containsExactly(6L);
    }

    @Test
    void disabledItIsKeptAndNotTold() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD | EV_DISABLE));
        clientSends(3);
        assertThat(kevent()).isEmpty();
        assertThat(kevent(change(4, EVFILT_READ, EV_ENABLE))).hasSize(1);
        assertThat(kevent(change(4, EVFILT_READ, EV_DISABLE))).isEmpty();
    }

    @Test
    void theEndOfTheStreamIsAFlagBesideWhatIsLeft() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD));
        clientSends(3);
        net.call(net.client, new Syscall.Shutdown(3, Syscall.Shutdown.SHUT_WR)).value();
        net.runFor(50 * MS);
        assertThat(kevent()).containsExactly(new Kevent(4, EVFILT_READ, EV_EOF, 0, 3, 4));
        serverReads(3);
        assertThat(kevent()).containsExactly(new Kevent(4, EVFILT_READ, EV_EOF, 0, 0, 4));
    }

    @Test
    void aResetIsTheEndWithItsErrorInFflags() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD), change(4, EVFILT_WRITE, EV_ADD | EV_CLEAR));
        kevent();
        net.call(
                        net.client,
                        new Syscall.SetSockOpt(
                                3, SocketOption.SO_LINGER, new OptionValue.Linger(true, 0)))
                .value();
        net.call(net.client, new Syscall.Close(3)).value();
        net.runFor(50 * MS);
        int reset = Errno.ECONNRESET.number();
        List<Kevent> events = kevent();
        assertThat(events).extracting(Kevent::fflags).containsExactly(reset, reset);
        assertThat(events).allMatch(event -> event.has(EV_EOF));
        String text = server(new Syscall.Kevent(KQ, List.of(), 1, 0)).text();
        assertThat(text).contains("flags=EV_EOF, fflags=ECONNRESET, data=0");
    }

    @Test
    void writeTellsOfRoomAndNothingBeforeThereIsAConnection() {
        connected();
        int other = net.tcp(net.server);
        assertThat(kevent(change(other, EVFILT_WRITE, EV_ADD))).isEmpty();
        List<Kevent> events = kevent(change(4, EVFILT_WRITE, EV_ADD));
        assertThat(events).extracting(Kevent::ident).containsExactly(4L);
        assertThat(events.getFirst().data()).isGreaterThan(2048);
        assertThat(kevent(change(3, EVFILT_WRITE, EV_ADD))).hasSize(1); // never a listener
    }

    @Test
    void writeIsToldAgainWhenTheBufferHasRoom() {
        connected();
        server(new Syscall.Fcntl(4, Optional.of(Syscall.Fcntl.O_NONBLOCK))).value();
        var send = new Syscall.Send(4, new byte[10_000], 0, Optional.empty());
        do {
            net.runFor(50 * MS);
        } while (server(send).errno().isEmpty());
        assertThat(kevent(change(4, EVFILT_WRITE, EV_ADD))).isEmpty();
        var waiting = net.call(net.server, 2, new Syscall.Kevent(KQ, List.of(), 1, -1));
        for (int i = 0; i < 20 && waiting.text().equals("waiting"); i++) {
            net.call(net.client, new Syscall.Read(3, 1_000_000)).value();
            net.runFor(50 * MS);
        }
        assertThat(waiting.value()).extracting(Kevent::ident).containsExactly(4L);
    }

    @Test
    void closingTheNumberEndsItThoughTheFileStaysOpen() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD));
        int second = server(new Syscall.Dup(4)).value();
        server(new Syscall.Close(4)).value();
        clientSends(3);
        assertThat(kevent()).isEmpty(); // unlike epoll(7): knote_fdclose()
        assertThat(kevent(change(second, EVFILT_READ, EV_ADD))).hasSize(1);
    }

    @Test
    void aChangeThatCannotBeMadeIsAnEventOrTheCallsError() {
        connected();
        Kevent wrong = change(9, EVFILT_READ, EV_ADD);
        assertThat(kevent(wrong))
                .containsExactly(new Kevent(9, EVFILT_READ, EV_ERROR, 0, Errno.EBADF.number(), 9));
        assertThat(refused(wrong)).isEqualTo(Errno.EBADF);
        assertThat(refused(change(4, EVFILT_READ, EV_ENABLE))).isEqualTo(Errno.ENOENT);
        assertThat(refused(change(4, 1, EV_ADD))).isEqualTo(Errno.EINVAL);
        assertThat(refused(change(4, -14, EV_ADD))).isEqualTo(Errno.EINVAL);
        assertThat(refused(change(4, Kevent.EVFILT_VNODE, EV_ADD))).isEqualTo(Errno.EINVAL);
        assertThat(refused(change(4, Kevent.EVFILT_AIO, EV_ADD))).isEqualTo(Errno.ENXIO);
        assertThat(refused(change(4, EVFILT_READ, EV_ADD | EV_ENABLE | EV_DISABLE)))
                .isEqualTo(Errno.EINVAL);
        assertThat(refused(change(KQ, EVFILT_READ, EV_ADD))).isEqualTo(Errno.EINVAL);
        assertThat(server(new Syscall.Kevent(4, List.of(), 1, 0)).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.Kevent(KQ, List.of(), -1, 0)).errno()).contains(Errno.EINVAL);
    }

    @Test
    void aReceiptSaysThatAChangeWasMadeAndNothingElse() {
        connected();
        clientSends(3);
        assertThat(kevent(change(4, EVFILT_READ, EV_ADD | EV_RECEIPT)))
                .containsExactly(new Kevent(4, EVFILT_READ, EV_ERROR, 0, 0, 4));
        assertThat(kevent()).containsExactly(new Kevent(4, EVFILT_READ, EV_RECEIPT, 0, 3, 4));
    }

    @Test
    void aProgramsOwnEventIsSetOffByIt() {
        connected();
        kevent(new Kevent(77, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0, 1));
        assertThat(kevent()).isEmpty();
        var trigger = new Kevent(77, EVFILT_USER, 0, NOTE_TRIGGER | NOTE_FFOR | 6, 42, 2);
        assertThat(kevent(trigger))
                .containsExactly(new Kevent(77, EVFILT_USER, EV_CLEAR, 6, 42, 2));
        assertThat(kevent()).isEmpty();
        kevent(new Kevent(77, EVFILT_USER, 0, NOTE_FFCOPY | 1, 0, 2));
        assertThat(kevent(new Kevent(77, EVFILT_USER, 0, NOTE_TRIGGER, 0, 2)))
                .extracting(Kevent::fflags)
                .containsExactly(1);
    }

    @Test
    void aKqueueIsReadableWhenItHasEvents() {
        connected();
        int outer = server(new Syscall.Kqueue()).value();
        var watch = new Syscall.Kevent(outer, List.of(change(KQ, EVFILT_READ, EV_ADD)), 9, 0);
        assertThat(server(watch).value()).isEmpty();
        kevent(change(4, EVFILT_READ, EV_ADD));
        var waiting = net.call(net.server, 2, new Syscall.Kevent(outer, List.of(), 9, -1));
        clientSends(3);
        assertThat(waiting.value()).containsExactly(new Kevent(KQ, EVFILT_READ, 0, 0, 1, KQ));
        var poll = new Syscall.Poll(List.of(new Syscall.PollFd(outer, 1, 0)), 0);
        assertThat(server(poll).value().getFirst().revents()).isEqualTo(1);
    }

    @Test
    void allThatSleepAreWokenAndTheFirstGetsTheEvent() {
        connected();
        kevent(change(4, EVFILT_READ, EV_ADD | EV_CLEAR));
        var first = net.call(net.server, 2, new Syscall.Kevent(KQ, List.of(), 9, -1));
        var second = net.call(net.server, 3, new Syscall.Kevent(KQ, List.of(), 9, -1));
        clientSends(3);
        assertThat(first.value()).hasSize(1);
        assertThat(second.text()).isEqualTo("waiting");
    }

    @Test
    void aWaitHasAnEnd() {
        connected();
        var waiting = server(new Syscall.Kevent(KQ, List.of(), 1, 10 * MS));
        net.runFor(9 * MS);
        assertThat(waiting.text()).isEqualTo("waiting");
        net.runFor(2 * MS);
        assertThat(waiting.text()).isEqualTo("kevent(5, [], 0, [], 1, 0.01) = 0");
    }

    @Test
    void eachKernelHasItsOwn() {
        var linux = new TwoHosts();
        assertThat(linux.call(linux.server, new Syscall.Kqueue()).errno()).contains(Errno.ENOSYS);
        assertThat(server(new Syscall.EpollCreate1(0)).errno()).contains(Errno.ENOSYS);
    }
}
