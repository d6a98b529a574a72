package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.CallBlocked;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.CpuAcquired;
import io.socketlab.kernel.trace.TraceEvent.CpuReleased;
import io.socketlab.kernel.trace.TraceEvent.RunQueueEntered;
import io.socketlab.kernel.trace.TraceEvent.RunQueueLeft;
import io.socketlab.kernel.trace.TraceEvent.TaskWoken;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tasks and processors: sched(7); kernel/sched/core.c, try_to_wake_up(), __schedule(). What the
 * counters count is what proc_pid_status(5) and schedstat say of a real kernel.
 */
class SchedulerScenarioTest {

    private static final long SWITCH = 2_000;
    private static final long WAKE = 1_000;
    private static final long CALL = 100;
    private static final long SCAN = 20;
    private static final long SLICE = 10_000;

    private final List<TraceEvent> events = new ArrayList<>();
    private Network network = hostWith(1);

    private Network hostWith(int cpus) {
        events.clear();
        var cpu = new CpuSettings(cpus, SWITCH, WAKE, CALL, SCAN, 0, SLICE);
        HostSpec spec =
                HostSpec.linux("host", Ipv4Address.parse("10.0.0.1").orElseThrow(), 24).with(cpu);
        return Network.build(new NetworkSpec(1, List.of(spec), List.of()), events::add);
    }

    private Task task(int number) {
        return network.host("host").task(number);
    }

    private void call(int task, Syscall<?> call) {
        task(task).call(call, _ -> {});
    }

    /** Calls that a program makes one after the other, without a pause. */
    private void calls(int task, int count, Syscall<?> call) {
        if (count > 0) task(task).call(call, _ -> calls(task, count - 1, call));
    }

    private void runFor(long nanos) {
        network.loop().runUntil(network.loop().now() + nanos);
    }

    private void settle() {
        runFor(1_000_000);
    }

    private <E extends TraceEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** When the calls returned since an instant, by their tasks: "2@3100". */
    private List<String> returns(long since) {
        return events(CallReturned.class).stream()
                .filter(e -> e.stamp().at() > since)
                .map(e -> e.task() + "@" + (e.stamp().at() - since))
                .toList();
    }

    private long cost(int task, Cost cost) {
        return task(task).costs().get(cost);
    }

    private static Syscall.Read read(int fd) {
        return new Syscall.Read(fd, 10);
    }

    private static Syscall.Write write(int fd) {
        return new Syscall.Write(fd, new byte[1]);
    }

    /** Pipes 3-4, 5-6, and so on. */
    private void pipes(int count) {
        for (int i = 0; i < count; i++) {
            call(1, new Syscall.Pipe(0));
            settle();
        }
    }

    /** Tasks 2 and on each read a pipe of their own. */
    private void readers(int count) {
        pipes(count);
        for (int i = 0; i < count; i++) call(2 + i, read(3 + 2 * i));
        settle();
        events.clear();
    }

    private static Syscall.Poll poll(int fd, int times, int timeoutMs) {
        var fds = new ArrayList<Syscall.PollFd>();
        for (int i = 0; i < times; i++) fds.add(new Syscall.PollFd(fd, EventMask.IN, 0));
        return new Syscall.Poll(fds, timeoutMs);
    }

    @Test
    void aCallTakesItsSwitchAndItsWork() {
        call(1, new Syscall.Pipe(0));
        assertThat(task(1).isBlocked()).isTrue();
        settle();
        assertThat(returns(0)).containsExactly("1@" + (SWITCH + CALL));
        call(1, poll(3, 50, 0));
        long start = network.loop().now();
        settle();
        assertThat(returns(start)).containsExactly("1@" + (SWITCH + CALL + 50 * SCAN));
        assertThat(cost(1, Cost.CPU)).isEqualTo(2 * SWITCH + 2 * CALL + 50 * SCAN);
    }

    @Test
    void aProgramThatGoesOnAtOnceKeepsItsCpu() {
        calls(1, 3, new Syscall.GetPid());
        settle();
        assertThat(returns(0)).containsExactly("1@2100", "1@2200", "1@2300");
        assertThat(events(CpuAcquired.class)).hasSize(1);
        assertThat(events(CpuReleased.class))
                .extracting(CpuReleased::reason)
                .containsExactly("idle");
    }

    @Test
    void whoIsWokenWaitsInTheRunQueueUntilTheCpuIsFree() {
        readers(3);
        long start = network.loop().now();
        long waited = cost(4, Cost.RUN_QUEUE_WAIT);
        call(1, write(4));
        call(5, write(6));
        call(6, write(8));
        settle();
        // 1 has the CPU at once, 5 and 6 wait for it, and so do those that they wake
        assertThat(returns(start))
                .containsExactly("1@2100", "5@4200", "6@6300", "2@9300", "3@12300", "4@15300");
        assertThat(events(RunQueueEntered.class))
                .extracting(e -> e.task() + ":" + e.length())
                .containsExactly("5:1", "6:2", "2:3", "3:3", "4:3");
        assertThat(events(CpuAcquired.class))
                .extracting(e -> e.task() + ":" + e.waited() + ":" + e.runQueue())
                .containsExactly(
                        "1:0:0", "5:2100:2", "6:4200:2", "2:4300:2", "3:5200:1", "4:6100:0");
        assertThat(cost(4, Cost.RUN_QUEUE_WAIT) - waited).isEqualTo(6100);
        assertThat(cost(4, Cost.WAKE_UPS)).isEqualTo(1);
    }

    @Test
    void withACpuForEachNobodyWaits() {
        network = hostWith(4);
        readers(3);
        long start = network.loop().now();
        call(1, write(4));
        settle();
        assertThat(returns(start)).containsExactly("1@2100", "2@5000");
        assertThat(events(RunQueueEntered.class)).isEmpty();
        assertThat(events(CpuAcquired.class)).extracting(CpuAcquired::task).containsExactly(1, 2);
    }

    @Test
    void whoHasUsedItsSliceLosesTheCpuWhenItLeavesTheKernelAndAnotherWaits() {
        pipes(1);
        events.clear();
        long start = network.loop().now();
        calls(1, 5, poll(3, 200, 0)); // 4.1 us each
        call(2, new Syscall.GetPid());
        settle();
        assertThat(returns(start))
                .as("after two of them the slice of 10 us is over")
                .containsExactly("1@6100", "2@12300", "1@14300", "1@18400", "1@22500", "1@26600");
        assertThat(cost(1, Cost.INVOLUNTARY_SWITCHES)).isEqualTo(1);
        assertThat(cost(2, Cost.INVOLUNTARY_SWITCHES)).isZero();
        CpuReleased preempted = events(CpuReleased.class).getFirst();
        assertThat(preempted.reason()).isEqualTo("preempted");
        assertThat(preempted.ran()).isEqualTo(10_200);
    }

    @Test
    void whatComesWhilePollIsStillLookingKeepsItFromSleeping() {
        network = hostWith(2);
        pipes(1);
        events.clear();
        call(1, poll(3, 1000, -1)); // looks for 20 us
        runFor(SWITCH + 5_000);
        call(2, write(4));
        settle();
        assertThat(events(CallBlocked.class)).isEmpty();
        assertThat(events(TaskWoken.class)).isEmpty();
        assertThat(cost(1, Cost.VOLUNTARY_SWITCHES)).isZero();
        assertThat(cost(1, Cost.SCANNED)).isEqualTo(2000);
        assertThat(task(1).isBlocked()).isFalse();
    }

    @Test
    void whoseTimeIsUpWaitsForTheCpuAndFindsWhatHasComeBeforeThat() {
        pipes(1);
        var found = new ArrayList<String>();
        Syscall.Poll poll = poll(3, 1, 1);
        task(2).call(poll, o -> found.add(CallText.returned(poll, o).text()));
        runFor(1_000_000);
        call(1, poll(3, 1000, 0)); // has the CPU when the time is up, and until after the write
        call(3, write(4));
        settle();
        assertThat(found)
                .containsExactly("poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 1) = 1");
        assertThat(cost(2, Cost.VOLUNTARY_SWITCHES)).isEqualTo(1);
        assertThat(cost(2, Cost.WAKE_UPS)).as("it was the time, not the pipe").isZero();
    }

    @Test
    void toDieOfASignalATaskThatWaitsForTheCpuHasToGetItFirst() {
        pipes(1);
        call(1, new Syscall.Fork());
        settle();
        call(1, poll(3, 100, 0));
        call(2, new Syscall.Kill(101, Signal.SIGKILL.number()));
        call(101, new Syscall.Sleep(1));
        runFor(2 * SWITCH + 3 * CALL + 100 * SCAN);
        assertThat(network.host("host").processes().find(101).orElseThrow().isOver()).isFalse();
        settle();
        assertThat(network.host("host").processes().find(101).orElseThrow().isOver()).isTrue();
        assertThat(events(TraceEvent.ProcessExited.class)).hasSize(1);
    }

    @Test
    void whatAnotherThreadEndsLeavesTheRunQueue() {
        pipes(1);
        events.clear();
        call(2, poll(3, 100, 0));
        call(1, new Syscall.Exit(0));
        call(3, new Syscall.GetPid());
        settle();
        assertThat(events(RunQueueLeft.class))
                .extracting(e -> e.task() + ":" + e.length())
                .containsExactly("3:0");
        assertThat(events(CallReturned.class)).extracting(CallReturned::task).containsExactly(2);
        assertThat(network.loop().isIdle()).isTrue();
    }

    @Test
    void sleepersOfAProcessThatExitsAreGone() {
        readers(2);
        call(1, new Syscall.Exit(0));
        settle();
        assertThat(network.loop().isIdle()).isTrue();
        assertThat(task(2).isOver()).isTrue();
    }
}
