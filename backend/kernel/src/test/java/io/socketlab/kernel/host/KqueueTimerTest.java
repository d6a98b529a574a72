package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.poll.Kevent.EVFILT_TIMER;
import static io.socketlab.kernel.poll.Kevent.EV_ADD;
import static io.socketlab.kernel.poll.Kevent.EV_CLEAR;
import static io.socketlab.kernel.poll.Kevent.EV_ONESHOT;
import static io.socketlab.kernel.poll.Kevent.NOTE_ABSTIME;
import static io.socketlab.kernel.poll.Kevent.NOTE_NSECONDS;
import static io.socketlab.kernel.poll.Kevent.NOTE_SECONDS;
import static io.socketlab.kernel.poll.Kevent.NOTE_USECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EVFILT_TIMER. kqueue(2), FreeBSD's sys/kern/kern_event.c, filt_timerexpire() and on. */
class KqueueTimerTest {

    private final TwoHosts net = new TwoHosts(KernelProfile.BSD);
    private final int kqueue = net.call(net.server, new Syscall.Kqueue()).value();

    private static Kevent timer(int flags, int notes, long data) {
        return new Kevent(1, EVFILT_TIMER, flags, notes, data, 0);
    }

    private List<Kevent> kevent(Kevent... changes) {
        return net.call(net.server, new Syscall.Kevent(kqueue, List.of(changes), 9, 0)).value();
    }

    private long expirations() {
        return kevent().stream().mapToLong(Kevent::data).sum();
    }

    @Test
    void tellsHowOftenItHasExpired() {
        kevent(timer(EV_ADD, 0, 10));
        net.runFor(9 * MS);
        assertThat(expirations()).isZero();
        net.runFor(26 * MS);
        assertThat(kevent()).containsExactly(new Kevent(1, EVFILT_TIMER, EV_CLEAR, 0, 3, 0));
        assertThat(expirations()).isZero();
        net.runFor(5 * MS);
        assertThat(expirations()).isEqualTo(1);
    }

    @Test
    void wakesWhoWaits() {
        kevent(timer(EV_ADD, 0, 10));
        var wait = new Syscall.Kevent(kqueue, List.of(), 1, -1);
        for (int i = 1; i <= 3; i++) {
            var waiting = net.call(net.server, wait);
            net.runFor(10 * MS);
            assertThat(waiting.value()).extracting(Kevent::data).containsExactly(1L);
        }
    }

    @Test
    void thatNobodyAsksOfKeepsNobodyBusy() {
        kevent(timer(EV_ADD, 0, 1));
        net.run(); // it would not end if each expiration were an event
        assertThat(net.isIdle()).isTrue();
    }

    @Test
    void onceIsOnce() {
        kevent(timer(EV_ADD | EV_ONESHOT, 0, 10));
        net.runFor(100 * MS);
        assertThat(expirations()).isEqualTo(1);
        net.runFor(100 * MS);
        assertThat(expirations()).isZero();
    }

    @Test
    void countsInUnits() {
        kevent(timer(EV_ADD, NOTE_USECONDS, 10));
        net.runFor(MS);
        assertThat(expirations()).isEqualTo(100);
        kevent(timer(EV_ADD, NOTE_NSECONDS, 500_000));
        net.runFor(MS);
        assertThat(expirations()).isEqualTo(2);
        kevent(timer(EV_ADD, NOTE_SECONDS, 1));
        net.runFor(999 * MS);
        assertThat(expirations()).isZero();
        net.runFor(MS);
        assertThat(expirations()).isEqualTo(1);
    }

    @Test
    void anAbsoluteTimeIsReachedOnceAndStaysReached() {
        net.runFor(50 * MS);
        kevent(timer(EV_ADD, NOTE_ABSTIME, 60));
        assertThat(kevent()).isEmpty();
        net.runFor(10 * MS);
        assertThat(expirations()).isEqualTo(1);
        assertThat(expirations()).isEqualTo(1);
    }

    @Test
    void newTermsForgetWhatHasExpired() {
        kevent(timer(EV_ADD, 0, 10));
        net.runFor(20 * MS);
        assertThat(kevent(timer(EV_ADD, 0, 30))).isEmpty();
        net.runFor(29 * MS);
        assertThat(expirations()).isZero();
        net.runFor(MS);
        assertThat(expirations()).isEqualTo(1);
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        assertThat(refused(timer(EV_ADD, 0, -1))).isEqualTo(Errno.EINVAL);
        assertThat(refused(timer(EV_ADD, NOTE_SECONDS | NOTE_USECONDS, 1))).isEqualTo(Errno.EINVAL);
        assertThat(refused(timer(EV_ADD, 0x20, 1))).isEqualTo(Errno.EINVAL);
    }

    private Errno refused(Kevent change) {
        var call = new Syscall.Kevent(kqueue, List.of(change), 0, 0);
        return net.call(net.server, call).errno().orElseThrow();
    }
}
