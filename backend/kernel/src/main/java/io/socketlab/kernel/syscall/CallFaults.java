package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.FaultInjected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to go wrong with the calls of a host's programs. */
public final class CallFaults {

    private static final class Planned {
        private final CallFault.Turns turns;
        private final CallFault fault;
        private int made;

        Planned(CallFault.Turns turns, CallFault fault) {
            this.turns = turns;
            this.fault = fault;
        }
    }

    private final List<Planned> planned = new ArrayList<>(0);

    /** What befalls the call that is being made. */
    private @Nullable CallFault due;

    CallFaults() {}

    /** From now on. */
    public void add(CallFault.Turns turns, CallFault fault) {
        planned.add(new Planned(turns, fault));
    }

    /** From now on nothing goes wrong any more. */
    public void clear() {
        planned.clear();
    }

    /** A call is about to be made; answers how many nanoseconds it is kept from beginning. */
    long delay(Task task, Syscall<?> call, int callNumber) {
        due = null;
        if (planned.isEmpty()) return 0;
        long late = 0;
        String name = CallText.name(call);
        for (Planned one : List.copyOf(planned)) {
            if (!one.turns.areOf(name, task.place())) continue;
            one.made++;
            if (one.turns.areOver(one.made)) planned.remove(one);
            if (!one.turns.include(one.made)) continue;
            if (one.fault instanceof CallFault.Slow(long nanos)) {
                late += nanos;
                tell(task, callNumber, "slow", nanos + " ns");
            } else if (due == null) {
                due = one.fault;
            }
        }
        return late;
    }

    /** That call, with what befalls it. */
    @SuppressWarnings("ReferenceEquality") // the very call, if nothing had to be cut
    <R> PreparedCall<R> prepare(Task task, Syscall<R> call, int callNumber) {
        UserProcess process = task.process();
        CallFault fault = due;
        due = null;
        if (fault instanceof CallFault.Fail(var errno)) {
            tell(task, callNumber, "fail", errno.name());
            return SyscallTable.failing(errno);
        }
        if (fault instanceof CallFault.Partial(int octets) && isOnStream(process, call)) {
            Syscall<R> shorter = Shortened.of(call, octets);
            if (shorter != call) tell(task, callNumber, "partial", octets + " octets");
            return process.calls().prepare(task, shorter);
        }
        return process.calls().prepare(task, call);
    }

    /** Of a datagram the rest would be lost, which is not what a partial call does. */
    private static boolean isOnStream(UserProcess process, Syscall<?> call) {
        OpenFile file = process.fds().get(call.fd());
        Socket socket = file == null ? null : file.socket();
        return socket == null || socket.isStream();
    }

    private static void tell(Task task, int callNumber, String fault, String how) {
        Trace trace = task.process().trace();
        if (!trace.isOn()) return;
        trace.emit(
                new FaultInjected(trace.stamp(task.process().host()), fault, 0, callNumber, how));
    }
}
