package io.socketlab.kernel.syscall;

import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import org.jspecify.annotations.Nullable;

/**
 * The process that is sent a signal when a file becomes ready: signal-driven I/O, fcntl(2) with
 * F_SETOWN, F_SETSIG and O_ASYNC; of urgent data SIGURG tells without that. fs/fcntl.c,
 * send_sigio(), send_sigurg().
 */
final class FileOwner implements WaitQueue.Waiter {

    private static final int ALL =
            EventMask.READABLE | EventMask.WRITABLE | EventMask.HUP | EventMask.ERR;

    private final Pollable file;
    private @Nullable ProcessTable table;
    private int pid;
    private int signal;
    private boolean on;
    private boolean isReaderWaiting;

    FileOwner(Pollable file) {
        this.file = file;
    }

    /** F_GETOWN; 0 for nobody, negative for a process group. */
    int pid() {
        return pid;
    }

    void pid(int owner, ProcessTable processes) {
        pid = owner;
        table = processes;
        listen();
    }

    /** F_GETSIG: the signal that is sent, 0 for SIGIO. */
    int signal() {
        return signal;
    }

    void signal(int number) {
        signal = number;
    }

    /** O_ASYNC. */
    boolean isOn() {
        return on;
    }

    void turn(boolean async) {
        if (async == on) return;
        on = async;
        listen();
    }

    /** The file is closed: nothing more happens to it. */
    void forget() {
        file.waitQueue().remove(this);
    }

    private void listen() {
        file.waitQueue().remove(this);
        int events = (on ? ALL : 0) | (pid == 0 ? 0 : EventMask.MSG);
        if (events != 0) file.waitQueue().add(this, events);
    }

    /**
     * A program that waits for data in recv(2) is told by that: SOCKWQ_ASYNC_WAITDATA. It does not
     * count as somebody who was woken here: an exclusive waiter comes all the same.
     */
    @Override
    public boolean wake(int events) {
        if ((events & EventMask.MSG) != 0) send(Signal.SIGURG.number());
        else if (!isReaderWaiting) send(signal == 0 ? Signal.SIGIO.number() : signal);
        return false;
    }

    private void send(int sent) {
        if (table == null || pid == 0) return;
        if (pid > 0) table.processOf(pid).ifPresent(p -> p.signal(sent, 0));
        else table.processes().forEach(p -> p.signal(sent, 0));
    }

    /** A call waits for data on the file, or no longer does. */
    void readerWaits(boolean waits) {
        isReaderWaiting = waits;
    }
}
