package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.Trace;
import java.util.function.IntSupplier;

/** What the tasks of one program share: its descriptors, and the kernel it runs on. */
public final class UserProcess {

    private final SyscallEnvironment environment;
    private final FileDescriptors fds;
    private final int firstTask;
    private final SyscallTable table;

    /**
     * @param firstTask the number of its first task, which stands for the program in the trace
     */
    public UserProcess(SyscallEnvironment environment, FileDescriptors fds, int firstTask) {
        this.environment = environment;
        this.fds = fds;
        this.firstTask = firstTask;
        this.table = new SyscallTable(this);
    }

    /** The name of its host. */
    public String host() {
        return environment.host();
    }

    int firstTask() {
        return firstTask;
    }

    public FileDescriptors fds() {
        return fds;
    }

    Abi abi() {
        return environment.abi();
    }

    SocketFactory sockets() {
        return environment.sockets();
    }

    FileTree files() {
        return environment.files();
    }

    EventLoop loop() {
        return environment.loop();
    }

    Trace trace() {
        return environment.trace();
    }

    IntSupplier callNumbers() {
        return environment.callNumbers();
    }

    /** Of all tasks of its host. */
    CostCounter hostCosts() {
        return environment.costs();
    }

    SyscallTable table() {
        return table;
    }
}
