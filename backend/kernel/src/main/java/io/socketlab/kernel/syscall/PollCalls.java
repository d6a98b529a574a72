package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.trace.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** poll(2), ppoll(2). fs/select.c, do_sys_poll(). */
final class PollCalls {

    private static final long MS = 1_000_000L;

    private final UserProcess process;

    PollCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<List<Syscall.PollFd>> poll(Task caller, Syscall.Poll call) {
        return poll(caller, call.fds(), call.timeoutMs() < 0 ? -1 : call.timeoutMs() * MS);
    }

    PreparedCall<List<Syscall.PollFd>> ppoll(Task caller, Syscall.Ppoll call) {
        return poll(caller, call.fds(), call.timeoutNanos());
    }

    private PreparedCall<List<Syscall.PollFd>> poll(
            Task caller, List<Syscall.PollFd> fds, long timeout) {
        if (fds.size() > process.fds().limit()) return SyscallTable.failing(Errno.EINVAL);
        var watched = new WatchedFiles(process, fds.size());
        for (Syscall.PollFd entry : fds) watched.add(entry.fd(), entry.events());
        return new PollCall(caller, watched, fds, timeout);
    }

    private static final class PollCall extends ScanCall<List<Syscall.PollFd>> {

        private final List<Syscall.PollFd> asked;

        PollCall(Task caller, WatchedFiles files, List<Syscall.PollFd> asked, long timeout) {
            super(caller, files, timeout, Rule.POLL_SCANS, asked.size());
            this.asked = asked;
        }

        @Override
        long copied() {
            return PollTable.array(asked.size());
        }

        /** Entries about which there is nothing to say are given back as they are. */
        @Override
        Outcome<List<Syscall.PollFd>> result(int ready) {
            var entries = new ArrayList<>(asked);
            for (int i = 0; i < entries.size(); i++) {
                Syscall.PollFd entry = entries.get(i);
                int revents = files().revents(i);
                if (revents != entry.revents()) {
                    entries.set(i, new Syscall.PollFd(entry.fd(), entry.events(), revents));
                }
            }
            return new Done<>(Collections.unmodifiableList(entries));
        }
    }
}
