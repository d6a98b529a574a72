package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.Trace;
import java.util.function.IntSupplier;

/** What the tasks of one program share: its descriptors, and the kernel it runs on. */
public final class UserProcess {

    private final String host;
    private final FileDescriptors fds;
    private final SocketFactory sockets;
    private final FileTree files;
    private final EventLoop loop;
    private final Trace trace;
    private final IntSupplier callNumbers;
    private final SyscallTable table;

    /**
     * @param callNumbers numbers the calls of the run
     */
    public UserProcess(
            String host,
            FileDescriptors fds,
            SocketFactory sockets,
            FileTree files,
            EventLoop loop,
            Trace trace,
            IntSupplier callNumbers) {
        this.host = host;
        this.fds = fds;
        this.sockets = sockets;
        this.files = files;
        this.loop = loop;
        this.trace = trace;
        this.callNumbers = callNumbers;
        this.table = new SyscallTable(this);
    }

    /** The name of its host. */
    public String host() {
        return host;
    }

    public FileDescriptors fds() {
        return fds;
    }

    SocketFactory sockets() {
        return sockets;
    }

    FileTree files() {
        return files;
    }

    EventLoop loop() {
        return loop;
    }

    Trace trace() {
        return trace;
    }

    IntSupplier callNumbers() {
        return callNumbers;
    }

    SyscallTable table() {
        return table;
    }
}
