package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.sandbox.engine.MemoryFault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The functions that programs may import, with their types: what docs/c-programs.md lists. */
final class CallTable {

    /** Octets that one call moves at most; a larger one is short, as POSIX allows. */
    static final int MOST_OCTETS = 1 << 20;

    private static final CallTable ALL = new CallTable();

    static {
        SocketCalls.addTo(ALL);
        FileCalls.addTo(ALL);
        WaitingCalls.addTo(ALL);
        ProcessCalls.addTo(ALL);
    }

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, KernelCall> calls = new HashMap<>();

    private CallTable() {}

    /** By {@code module.name}. */
    static Map<String, String> types() {
        return Map.copyOf(ALL.types);
    }

    /**
     * @param type letters of its parameters and result: {@code iil:i}
     */
    void add(String name, String type, KernelCall call) {
        addAs("kernel." + name, type, call);
    }

    /** Of another module than {@code kernel}: what little the C library leaves of WASI. */
    void addAs(String name, String type, KernelCall call) {
        if (types.put(name, type) != null) throw new IllegalArgumentException(name);
        calls.put(name, call);
    }

    /**
     * Makes the call of that name.
     *
     * @return what it returns, -errno if it fails
     */
    static long call(String name, Context program, long[] arguments) {
        KernelCall call = ALL.calls.get(name);
        if (call == null) throw new IllegalArgumentException(name);
        try {
            return call.call(program, arguments);
        } catch (Failure e) {
            return -e.errno().number();
        } catch (MemoryFault e) {
            return -Errno.EFAULT.number();
        }
    }
}
