package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.PollSet;
import io.socketlab.kernel.wait.Pollable;
import java.util.ArrayList;
import java.util.List;

/** What a poll(2) or select(2) looks at: held open meanwhile, even if a number is closed. */
final class WatchedFiles {

    private final UserProcess process;
    private final List<OpenFile> held;
    private final PollSet set;

    /** The numbers of the first entries, as many as the trace tells of; none without a trace. */
    private final int[] numbers;

    /**
     * @param expected how many descriptors there will be
     */
    WatchedFiles(UserProcess process, int expected) {
        this.process = process;
        this.held = new ArrayList<>(expected);
        this.set = new PollSet(expected);
        this.numbers = new int[process.trace().isOn() ? Math.min(expected, Looks.MOST) : 0];
    }

    /**
     * @param events as {@link io.socketlab.kernel.wait.EventMask} bits
     */
    void add(int fd, int events) {
        if (set.size() < numbers.length) numbers[set.size()] = fd;
        if (fd < 0) {
            set.addIgnored();
            return;
        }
        OpenFile file = process.fds().get(fd);
        if (file == null) {
            set.addNotOpen();
            return;
        }
        file.acquire();
        held.add(file);
        set.add(process.abi().polled(file.object()), events);
    }

    /** Asks all of them, and answers how many have something to tell. */
    int scan() {
        return set.scan();
    }

    /** Likewise; if none has, who waits on {@link #watched} is woken by what happens to one. */
    int scanAndWatch() {
        return set.scanAndWatch();
    }

    int revents(int i) {
        return set.revents(i);
    }

    /** What the last scan found, for the trace. */
    Looks looks() {
        Looks looks = Looks.toldTo(process.trace());
        for (int i = 0; i < numbers.length; i++) {
            looks.add(numbers[i], set.events(i), set.revents(i));
        }
        looks.leaveOut(set.size() - numbers.length);
        return looks;
    }

    /** How many are asked at each scan. */
    int asked() {
        return held.size();
    }

    Pollable watched() {
        return set;
    }

    void release() {
        set.unwatch();
        for (OpenFile file : held) if (file.release()) file.close(false);
    }
}
