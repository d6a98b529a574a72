package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.trace.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** select(2), pselect(2). fs/select.c, core_sys_select(). */
final class SelectCalls {

    private static final long MICROSECOND = 1000;

    private final UserProcess process;

    SelectCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<Syscall.Selected> select(Task caller, Syscall.Select call) {
        if (call.count() < 0) return SyscallTable.failing(Errno.EINVAL);
        FileDescriptors fds = process.fds();
        int count = process.abi().selectable(call.count(), fds);
        var sets =
                new BitSet[] {bits(call.reading()), bits(call.writing()), bits(call.exceptional())};
        var asked = new BitSet();
        for (BitSet set : sets) asked.or(set);
        int beyond = asked.nextSetBit(count);
        if (process.abi().refusesBeyondTable() && beyond >= 0 && beyond < call.count()) {
            return SyscallTable.failing(Errno.EBADF);
        }
        asked.clear(count, Math.max(count, asked.length()));
        for (int fd = asked.nextSetBit(0); fd >= 0; fd = asked.nextSetBit(fd + 1)) {
            if (fds.get(fd) == null) return SyscallTable.failing(Errno.EBADF);
        }
        var watched = new WatchedFiles(process, asked.cardinality());
        for (int fd = asked.nextSetBit(0); fd >= 0; fd = asked.nextSetBit(fd + 1)) {
            int events = 0;
            for (int i = 0; i < sets.length; i++) {
                if (sets[i].get(fd)) events |= process.abi().selectEvents(i);
            }
            watched.add(fd, events);
        }
        return new SelectCall(caller, call, watched, sets, asked, count);
    }

    private static BitSet bits(List<Integer> set) {
        var bits = new BitSet(Syscall.Select.FD_SETSIZE);
        for (int fd : set) if (fd >= 0) bits.set(fd); // an fd_set has no bit below 0
        return bits;
    }

    private final class SelectCall extends ScanCall<Syscall.Selected> {

        private final Syscall.Select call;
        private final BitSet[] sets;
        private final BitSet asked;
        private final int count;
        private final long begun = process.loop().now();

        /**
         * @param sets as the program has them
         * @param asked the descriptors in any of them, below {@code count}
         */
        SelectCall(
                Task caller,
                Syscall.Select call,
                WatchedFiles files,
                BitSet[] sets,
                BitSet asked,
                int count) {
            super(caller, files, call.timeoutNanos(), Rule.SELECT_SCANS, count);
            this.call = call;
            this.sets = sets;
            this.asked = asked;
            this.count = count;
        }

        @Override
        Outcome<Syscall.Selected> result(int ready) {
            int bits = 0;
            var left = new ArrayList<List<Integer>>();
            for (int i = 0; i < sets.length; i++) {
                List<Integer> found = ready == 0 ? new ArrayList<>() : found(i);
                bits += found.size();
                addUntouched(sets[i], found);
                left.add(found);
            }
            return new Done<>(
                    new Syscall.Selected(
                            bits, left.get(0), left.get(1), left.get(2), timeoutLeft()));
        }

        @Override
        long copied() {
            return PollTable.sets(count);
        }

        private List<Integer> found(int set) {
            var found = new ArrayList<Integer>();
            int events = process.abi().selectEvents(set);
            int entry = 0;
            for (int fd = asked.nextSetBit(0); fd >= 0; fd = asked.nextSetBit(fd + 1)) {
                int revents = files().revents(entry++);
                if (sets[set].get(fd) && (revents & events) != 0) found.add(fd);
            }
            return found;
        }

        /** Whole longs are copied back, as many as {@code count} takes; the rest stays as it is. */
        private void addUntouched(BitSet set, List<Integer> left) {
            int first = (count + Long.SIZE - 1) / Long.SIZE * Long.SIZE;
            for (int fd = set.nextSetBit(first); fd >= 0; fd = set.nextSetBit(fd + 1)) {
                left.add(fd);
            }
        }

        /** poll_select_finish(): Linux tells how much of the time was not slept. */
        private long timeoutLeft() {
            long timeout = call.timeoutNanos();
            if (timeout < 0 || call.isPselect() || !process.abi().tellsTimeLeft()) return timeout;
            long left = Math.max(0, timeout - (process.loop().now() - begun));
            return left / MICROSECOND * MICROSECOND;
        }
    }
}
