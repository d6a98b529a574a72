package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.Trace;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The kernel that the processes of a host run on.
 *
 * @param host its name
 * @param abi which calls there are, and how they answer
 * @param callNumbers numbers the calls of the run
 * @param costs of all tasks of the host together
 * @param cpu what its processors take; empty if nothing takes time
 */
public record SyscallEnvironment(
        String host,
        Abi abi,
        EventLoop loop,
        Trace trace,
        SocketFactory sockets,
        FileTree files,
        Sysctls sysctls,
        IntSupplier callNumbers,
        CostCounter costs,
        Optional<CpuSettings> cpu) {}
