package io.socketlab.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EventLoopTest {

    private final EventLoop loop = new EventLoop();
    private final List<String> happened = new ArrayList<>();

    @Test
    void runsWhatIsDueInTheOrderOfTimeAndOfArming() {
        loop.after(20, () -> happened.add("c"));
        loop.after(10, () -> happened.add("a"));
        loop.after(20, () -> happened.add("d"));
        loop.after(10, () -> happened.add("b"));
        loop.runUntil(30);
        assertThat(happened).containsExactly("a", "b", "c", "d");
        assertThat(loop.now()).isEqualTo(30);
        assertThat(loop.isIdle()).isTrue();
        assertThat(loop.nextAt()).isEqualTo(EventLoop.NEVER);
    }

    @Test
    void runsNothingAfterTheTimeAskedFor() {
        loop.after(11, () -> happened.add("late"));
        loop.runUntil(10);
        assertThat(happened).isEmpty();
        assertThat(loop.nextAt()).isEqualTo(11);
    }

    @Test
    void aTimerCanBeMovedAndCalledOff() {
        var moved = new Timer(loop, () -> happened.add("moved"));
        var stopped = new Timer(loop, () -> happened.add("stopped"));
        moved.start(5);
        stopped.start(6);
        moved.start(50);
        stopped.stop();
        loop.runUntil(40);
        assertThat(happened).isEmpty();
        assertThat(moved.isRunning()).isTrue();
        loop.runUntil(50);
        assertThat(happened).containsExactly("moved");
        assertThat(moved.isRunning()).isFalse();
    }

    @Test
    void aTimerMovedToWhereItIsRunsAfterTheOthersOfThatInstant() {
        var first = new Timer(loop, () -> happened.add("first"));
        first.start(5);
        loop.after(5, () -> happened.add("second"));
        first.start(5);
        loop.runUntil(5);
        assertThat(happened).containsExactly("second", "first");
    }

    @Test
    void refusesToGoBack() {
        loop.runUntil(10);
        var timer = new Timer(loop, () -> {});
        assertThatThrownBy(() -> timer.startAt(9)).hasMessageContaining("9 is before now, 10");
    }

    @RepeatedTest(20)
    void agreesWithSortingUnderRandomArmingAndCancelling(RepetitionInfo repetition) {
        var chance = new Chance(repetition.getCurrentRepetition());
        record Due(long at, int order, int name) {}
        List<Due> expected = new ArrayList<>();
        List<Integer> ran = new ArrayList<>();
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int name = i;
            timers.add(new Timer(loop, () -> ran.add(name)));
        }
        for (int order = 0; order < 1000; order++) {
            int name = chance.nextInt(300);
            expected.removeIf(d -> d.name == name);
            if (chance.happens(0.2)) {
                timers.get(name).stop();
            } else {
                long at = chance.nextInt(50);
                timers.get(name).startAt(at);
                expected.add(new Due(at, order, name));
            }
        }
        expected.sort(java.util.Comparator.comparingLong(Due::at).thenComparingInt(Due::order));
        loop.runUntil(50);
        assertThat(ran).containsExactlyElementsOf(expected.stream().map(Due::name).toList());
    }

    /** While it runs, and from nanoseconds to years: through every part of the agenda. */
    @RepeatedTest(20)
    void agreesWithSortingWhileItRuns(RepetitionInfo repetition) {
        var chance = new Chance(repetition.getCurrentRepetition());
        record Due(long at, long order, int name) {}
        var expected =
                new java.util.TreeSet<Due>(
                        java.util.Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
        List<Integer> ran = new ArrayList<>();
        List<Timer> timers = new ArrayList<>();
        List<Runnable> actions = new ArrayList<>();
        assertThat(loop.next()).isNull();
        for (int i = 0; i < 200; i++) {
            int name = i;
            Runnable action = () -> ran.add(name);
            actions.add(action);
            timers.add(new Timer(loop, action));
        }
        for (int order = 0; order < 5_000; order++) {
            int name = chance.nextInt(200);
            expected.removeIf(d -> d.name == name);
            if (chance.happens(0.2)) {
                timers.get(name).stop();
            } else {
                // of several timers some have the very same deadline
                long delay = (chance.nextLong() >>> 8 + chance.nextInt(56)) & -16L;
                timers.get(name).start(delay);
                expected.add(new Due(loop.now() + delay, order, name));
            }
            assertThat(loop.isIdle()).isEqualTo(expected.isEmpty());
            if (chance.happens(0.3)) {
                assertThat(loop.nextAt())
                        .isEqualTo(expected.isEmpty() ? EventLoop.NEVER : expected.first().at);
            }
            if (chance.happens(0.5) && !expected.isEmpty()) {
                ran.clear();
                if (chance.happens(0.5)) {
                    Due first = expected.removeFirst();
                    assertThat(loop.next()).isSameAs(actions.get(first.name));
                    assertThat(loop.runNext()).isTrue();
                    assertThat(loop.now()).isEqualTo(first.at);
                    assertThat(ran).containsExactly(first.name);
                } else {
                    long until = loop.now() + (chance.nextLong() >>> 30);
                    loop.runUntil(until);
                    List<Integer> due = new ArrayList<>();
                    while (!expected.isEmpty() && expected.first().at <= until) {
                        due.add(expected.removeFirst().name);
                    }
                    assertThat(ran).containsExactlyElementsOf(due);
                }
            }
        }
    }

    @Test
    void whatIsArmedForThisInstantCanBeCalledOff() {
        var called = new Timer(loop, () -> happened.add("called off"));
        loop.after(
                3,
                () -> {
                    called.start(0);
                    for (int i = 0; i < 20; i++) loop.defer(() -> happened.add("kept"));
                    loop.defer(() -> happened.add("last"));
                    called.stop();
                });
        loop.after(3, () -> happened.add("armed before"));
        loop.runNext();
        loop.runNext();
        loop.next().run();
        assertThat(happened).containsExactly("armed before", "kept");
        loop.runUntil(3);
        assertThat(happened).hasSize(23).endsWith("last").doesNotContain("called off");
    }
}
