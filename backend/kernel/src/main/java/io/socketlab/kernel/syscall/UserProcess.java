package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.Trace;
import java.util.function.IntSupplier;

/**
 * What the tasks of one program share: its descriptors, and the kernel it runs on.
 *
 * @param callNumbers numbers the calls of the run
 */
public record UserProcess(
        String host,
        FileDescriptors fds,
        SocketFactory sockets,
        FileTree files,
        EventLoop loop,
        Trace trace,
        IntSupplier callNumbers) {}
