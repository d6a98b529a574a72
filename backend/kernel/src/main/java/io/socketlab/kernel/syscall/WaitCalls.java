package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.PollSet;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.List;

/** The calls that do nothing but wait. */
final class WaitCalls {

    private final UserProcess process;

    WaitCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<List<Syscall.PollFd>> poll(Syscall.Poll call) {
        List<OpenFile> held = new ArrayList<>();
        List<PollSet.Entry> entries = new ArrayList<>();
        for (Syscall.PollFd entry : call.fds()) {
            OpenFile file = process.fds().get(entry.fd());
            if (file != null) {
                file.acquire();
                held.add(file);
            }
            entries.add(
                    new PollSet.Entry(
                            file == null ? null : file.socket(), entry.events(), entry.fd() < 0));
        }
        return new PollCall(call, new PollSet(entries), held);
    }

    private static final class PollCall implements PreparedCall<List<Syscall.PollFd>> {

        private final Syscall.Poll call;
        private final PollSet set;
        private final List<OpenFile> held;

        PollCall(Syscall.Poll call, PollSet set, List<OpenFile> held) {
            this.call = call;
            this.set = set;
            this.held = held;
        }

        @Override
        public Outcome<List<Syscall.PollFd>> attempt(boolean resumed) {
            if (set.readiness() != 0) return new Done<>(result());
            set.watch();
            return new Blocked<>(set, EventMask.IN, "an event on one of the descriptors");
        }

        private List<Syscall.PollFd> result() {
            int[] revents = set.scan();
            var result = new ArrayList<Syscall.PollFd>();
            for (int i = 0; i < revents.length; i++) {
                Syscall.PollFd asked = call.fds().get(i);
                result.add(new Syscall.PollFd(asked.fd(), asked.events(), revents[i]));
            }
            return result;
        }

        @Override
        public boolean isNonBlocking() {
            return call.timeoutMs() == 0;
        }

        @Override
        public Outcome<List<Syscall.PollFd>> wouldBlock() {
            return new Done<>(result());
        }

        @Override
        public long timeout() {
            return call.timeoutMs() < 0 ? FOREVER : call.timeoutMs() * 1_000_000L;
        }

        @Override
        public void release() {
            set.unwatch();
            for (OpenFile file : held) if (file.release()) file.socket().close(false);
        }
    }

    /** nanosleep(2): waits on nothing, and times out. */
    PreparedCall<Integer> sleep(Syscall.Sleep call) {
        if (call.nanos() < 0) return SyscallTable.failing(Errno.EINVAL);
        var nothing = new PollSet(List.of());
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
