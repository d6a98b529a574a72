package io.socketlab.kernel.poll;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Errno;
import java.util.Optional;

/** The filters that watch no descriptor. */
public final class Filters {

    private Filters() {}

    /** EVFILT_TIMER. */
    public static Filter timer(EventLoop loop) {
        return new TimerFilter(loop);
    }

    /** EVFILT_USER. */
    public static Filter user() {
        return new UserFilter();
    }

    /** One that no knote can have. */
    public static Filter refusing(Errno why) {
        return new Filter() {

            @Override
            public Optional<Errno> attach(Knote note) {
                return Optional.of(why);
            }

            @Override
            public void detach(Knote note) {}

            @Override
            public boolean event(Knote note) {
                return false;
            }
        };
    }
}
