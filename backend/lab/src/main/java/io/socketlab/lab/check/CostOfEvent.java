package io.socketlab.lab.check;

import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.TraceEvent;

/** What an event of a trace adds to a cost: the kernel's own counters, read out of the trace. */
final class CostOfEvent {

    private CostOfEvent() {}

    /** The kind of event that adds to it. */
    static Class<? extends TraceEvent> kind(Cost cost) {
        return switch (cost) {
            case CALLS -> TraceEvent.CallEntered.class;
            case WAKE_UPS -> TraceEvent.TaskWoken.class;
            case VOLUNTARY_SWITCHES -> TraceEvent.CallBlocked.class;
            case INVOLUNTARY_SWITCHES, CPU -> TraceEvent.CpuReleased.class;
            case SCANNED -> TraceEvent.ReadinessScanned.class;
            case TO_KERNEL, TO_USER -> TraceEvent.CallReturned.class;
            case RUN_QUEUE_WAIT -> TraceEvent.CpuAcquired.class;
        };
    }

    static long of(TraceEvent event, Cost cost) {
        return switch (cost) {
            case CALLS -> event instanceof TraceEvent.CallEntered ? 1 : 0;
            case WAKE_UPS -> event instanceof TraceEvent.TaskWoken ? 1 : 0;
            case VOLUNTARY_SWITCHES -> event instanceof TraceEvent.CallBlocked ? 1 : 0;
            case INVOLUNTARY_SWITCHES ->
                    event instanceof TraceEvent.CpuReleased e && e.reason().equals("preempted")
                            ? 1
                            : 0;
            case SCANNED -> event instanceof TraceEvent.ReadinessScanned scan ? scan.scanned() : 0;
            case TO_KERNEL -> event instanceof TraceEvent.CallReturned call ? call.toKernel() : 0;
            case TO_USER -> event instanceof TraceEvent.CallReturned call ? call.toUser() : 0;
            case CPU -> event instanceof TraceEvent.CpuReleased e ? e.ran() : 0;
            case RUN_QUEUE_WAIT -> event instanceof TraceEvent.CpuAcquired e ? e.waited() : 0;
        };
    }
}
