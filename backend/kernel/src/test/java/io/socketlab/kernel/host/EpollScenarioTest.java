package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static io.socketlab.kernel.syscall.Syscall.EpollCtl.EPOLL_CTL_ADD;
import static io.socketlab.kernel.syscall.Syscall.EpollCtl.EPOLL_CTL_DEL;
import static io.socketlab.kernel.syscall.Syscall.EpollCtl.EPOLL_CTL_MOD;
import static io.socketlab.kernel.wait.EventMask.ET;
import static io.socketlab.kernel.wait.EventMask.EXCLUSIVE;
import static io.socketlab.kernel.wait.EventMask.IN;
import static io.socketlab.kernel.wait.EventMask.ONESHOT;
import static io.socketlab.kernel.wait.EventMask.OUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** epoll(7), select(2) and whom an event wakes, where more than one descriptor is concerned. */
class EpollScenarioTest {

    private final TwoHosts net = new TwoHosts();

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    /** Connections of the client to the server's port 80; the server accepts them from 4 on. */
    private void connected(int count) {
        server(new Syscall.Bind(net.tcp(net.server), at(Ipv4Address.ANY, 80))).value();
        server(new Syscall.Listen(3, count)).value();
        for (int i = 0; i < count; i++) {
            net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
            net.runFor(100 * MS);
            server(new Syscall.Accept(3, 0)).value();
        }
    }

    private int epoll() {
        return server(new Syscall.EpollCreate1(0)).value();
    }

    private TwoHosts.Answer<Integer> add(int epoll, int fd, int events) {
        return server(new Syscall.EpollCtl(epoll, EPOLL_CTL_ADD, fd, events, fd));
    }

    private List<Long> ready(int epoll, int max) {
        return server(new Syscall.EpollWait(epoll, max, 0)).value().stream()
                .map(Syscall.EpollEvent::data)
                .toList();
    }

    private void clientSends(int fd) {
        net.call(net.client, new Syscall.Send(fd, octets("x"), 0, Optional.empty())).value();
        net.runFor(50 * MS);
    }

    @Test
    void readyFilesTakeTurns() {
        connected(3);
        int epoll = epoll();
        for (int fd = 4; fd <= 6; fd++) add(epoll, fd, IN).value();
        clientSends(4);
        clientSends(3);
        clientSends(5);
        assertThat(ready(epoll, 2)).containsExactly(5L, 4L);
        assertThat(ready(epoll, 2)).containsExactly(6L, 5L);
        assertThat(ready(epoll, 3)).containsExactly(4L, 6L, 5L);
    }

    @Test
    void aFileIsWatchedUntilItsLastNumberIsClosed() {
        connected(1);
        int epoll = epoll();
        add(epoll, 4, IN).value();
        int second = server(new Syscall.Dup(4)).value();
        server(new Syscall.Close(4)).value();
        clientSends(3);
        assertThat(ready(epoll, 9)).containsExactly(4L); // epoll(7), question 6
        var remove = new Syscall.EpollCtl(epoll, EPOLL_CTL_DEL, 4, 0, 0);
        assertThat(server(remove).errno()).contains(Errno.EBADF);
        server(new Syscall.Close(second)).value();
        assertThat(ready(epoll, 9)).isEmpty();
    }

    @Test
    void twoNumbersOfOneFileAreWatchedEachForItself() {
        connected(1);
        int epoll = epoll();
        int second = server(new Syscall.Dup(4)).value();
        add(epoll, 4, OUT).value();
        assertThat(add(epoll, 4, OUT).errno()).contains(Errno.EEXIST);
        add(epoll, second, OUT).value();
        assertThat(ready(epoll, 9)).containsExactly(4L, (long) second);
    }

    @Test
    void oneShotHasToBeArmedAgain() {
        connected(1);
        int epoll = epoll();
        add(epoll, 4, IN | ONESHOT).value();
        clientSends(3);
        assertThat(ready(epoll, 9)).containsExactly(4L);
        clientSends(3);
        assertThat(ready(epoll, 9)).isEmpty();
        server(new Syscall.EpollCtl(epoll, EPOLL_CTL_MOD, 4, IN | ONESHOT, 4)).value();
        assertThat(ready(epoll, 9)).containsExactly(4L);
    }

    @Test
    void instancesMayBeNestedFiveDeepAndNeverInACircle() {
        int[] chain = new int[7];
        for (int i = 0; i < chain.length; i++) chain[i] = epoll();
        assertThat(add(chain[0], chain[0], IN).errno()).contains(Errno.EINVAL);
        for (int i = 0; i < 4; i++) add(chain[i + 1], chain[i], IN).value();
        assertThat(add(chain[0], chain[4], IN).errno()).contains(Errno.ELOOP);
        assertThat(add(chain[6], chain[4], IN).errno()).contains(Errno.ELOOP);
    }

    @Test
    void anInstanceIsReadableWhenSomethingItWatchesIs() {
        connected(1);
        int inner = epoll();
        int outer = epoll();
        add(inner, 4, IN).value();
        add(outer, inner, IN | ET).value();
        var waiting = net.call(net.server, 2, new Syscall.EpollWait(outer, 1, -1));
        assertThat(waiting.text()).isEqualTo("waiting");
        clientSends(3);
        assertThat(waiting.value()).containsExactly(new Syscall.EpollEvent(IN, inner));
        assertThat(ready(outer, 1)).isEmpty();
    }

    @Test
    void exclusiveWakesOneInstanceAndGoesWithFewOtherBits() {
        connected(1);
        int first = epoll();
        int second = epoll();
        add(first, 4, IN | EXCLUSIVE).value();
        add(second, 4, IN | EXCLUSIVE).value();
        var one = net.call(net.server, 2, new Syscall.EpollWait(first, 1, -1));
        var other = net.call(net.server, 3, new Syscall.EpollWait(second, 1, -1));
        clientSends(3);
        assertThat(one.value()).hasSize(1);
        assertThat(other.text()).isEqualTo("waiting");
        var modify = new Syscall.EpollCtl(first, EPOLL_CTL_MOD, 4, IN, 4);
        assertThat(server(modify).errno()).contains(Errno.EINVAL);
        assertThat(add(first, 3, IN | EXCLUSIVE | ONESHOT).errno()).contains(Errno.EINVAL);
    }

    /** ep_poll() queues itself at the head; accept(2) queues at the end. */
    @Test
    void ofThoseThatWaitForOneInstanceTheLastIsWokenFirst() {
        connected(1);
        int epoll = epoll();
        add(epoll, 4, IN | ET).value();
        var first = net.call(net.server, 2, new Syscall.EpollWait(epoll, 1, -1));
        var second = net.call(net.server, 3, new Syscall.EpollWait(epoll, 1, -1));
        clientSends(3);
        assertThat(second.value()).hasSize(1);
        assertThat(first.text()).isEqualTo("waiting");
        clientSends(3);
        assertThat(first.value()).hasSize(1);
    }

    @Test
    void aTimeoutMayBeAMicrosecond() {
        int epoll = epoll();
        var waiting = server(new Syscall.EpollPwait2(epoll, 1, 1000));
        assertThat(waiting.text()).isEqualTo("waiting");
        net.runFor(1000);
        assertThat(waiting.text()).isEqualTo("epoll_pwait2(3, [], 1, 0.000001) = 0");
    }

    @Test
    void oneConnectionWakesOneOfThoseThatAccept() {
        server(new Syscall.Bind(net.tcp(net.server), at(Ipv4Address.ANY, 80))).value();
        server(new Syscall.Listen(3, 5)).value();
        var first = net.call(net.server, 1, new Syscall.Accept(3, 0));
        var second = net.call(net.server, 2, new Syscall.Accept(3, 0));
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        assertThat(first.value().fd()).isEqualTo(4);
        assertThat(second.text()).isEqualTo("waiting");
    }

    @Test
    void selectLeavesWhatIsReadyInItsSets() {
        connected(2);
        clientSends(4);
        var select = new Syscall.Select(6, List.of(4, 5), List.of(4), List.of(4, 5), 0);
        Syscall.Selected found = server(select).value();
        assertThat(found.reading()).containsExactly(5);
        assertThat(found.writing()).containsExactly(4);
        assertThat(found.exceptional()).isEmpty();
        assertThat(server(select).text()).endsWith("= 2");
        var closed = new Syscall.Select(10, List.of(9), List.of(), List.of(), 0);
        assertThat(server(closed).errno()).contains(Errno.EBADF);
        var negative = new Syscall.Select(-1, List.of(), List.of(), List.of(), 0);
        assertThat(server(negative).errno()).contains(Errno.EINVAL);
    }

    @Test
    void selectTellsOfUrgentDataAsExceptional() {
        connected(1);
        int oob = io.socketlab.kernel.socket.MessageFlags.MSG_OOB;
        net.call(net.client, new Syscall.Send(3, octets("x"), oob, Optional.empty())).value();
        net.runFor(50 * MS);
        var select = new Syscall.Select(5, List.of(), List.of(), List.of(4), -1);
        assertThat(server(select).value().exceptional()).containsExactly(4);
    }
}
