package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.PollSet;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;

/** The calls that wait for nothing but time. */
final class WaitCalls {

    /** nanosleep(2): waits on nothing, and times out. */
    PreparedCall<Integer> sleep(Syscall.Sleep call) {
        if (call.nanos() < 0) return SyscallTable.failing(Errno.EINVAL);
        var nothing = new PollSet(0);
        return new PreparedCall<>() {

            @Override
            public Outcome<Integer> attempt(boolean resumed) {
                return new Blocked<>(nothing, 0, "the time to pass");
            }

            @Override
            public long timeout() {
                return call.nanos();
            }

            @Override
            public Outcome<Integer> timedOut() {
                return new Done<>(0);
            }
        };
    }
}
