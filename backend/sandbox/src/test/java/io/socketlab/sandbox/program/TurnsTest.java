package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One runs at a time, in an order that is always the same, and nobody is left behind. */
class TurnsTest {

    @Test
    void eachGoesOnWhereTheOtherHasStopped() {
        List<String> seen = new ArrayList<>();
        var turns =
                new Turns<Integer, String>(
                        "adder",
                        mine -> {
                            int sum = 0;
                            while (sum < 10) {
                                seen.add("asks at " + sum);
                                sum += mine.ask("more than " + sum);
                            }
                            seen.add("ends");
                        });

        String asked = turns.go(0);
        for (int i = 3; asked != null; i++) {
            seen.add("answers " + asked + " with " + i);
            asked = turns.go(i);
        }

        assertThat(seen)
                .containsExactly(
                        "asks at 0",
                        "answers more than 0 with 3",
                        "asks at 3",
                        "answers more than 3 with 4",
                        "asks at 7",
                        "answers more than 7 with 5",
                        "ends");
        assertThat(turns.go(1)).isNull();
    }

    @Test
    void whatTheProgramsSideThrowsComesOutOfTheLoops() {
        var wrong = new IllegalStateException("wrong");
        var turns =
                new Turns<Integer, String>(
                        "wrong",
                        _ -> {
                            throw wrong;
                        });

        assertThatThrownBy(() -> turns.go(0)).isSameAs(wrong);
        assertThat(turns.go(0)).isNull();
    }

    @Test
    void whatItsDeputyTakesIsDoneByTheProgramsThread() {
        List<String> seen = new ArrayList<>();
        var turns =
                new Turns<Integer, String>(
                        "asking",
                        mine -> {
                            seen.add("got " + mine.ask("small"));
                            seen.add("got " + mine.ask("large"));
                            mine.ask("wrong");
                        });
        var deputy =
                new Turns.Deputy<Integer, String>() {
                    @Override
                    public boolean takes(String asked) {
                        assertThat(Thread.currentThread().getName()).isEqualTo("asking");
                        if (asked.equals("wrong")) throw new IllegalStateException(asked);
                        return asked.equals("small");
                    }

                    @Override
                    public Integer untilAnswered() {
                        return 1;
                    }
                };

        assertThat(turns.go(0, deputy)).isEqualTo("large");
        assertThat(seen).containsExactly("got 1");
        assertThatThrownBy(() -> turns.go(2, deputy)).hasMessage("wrong");
        assertThat(seen).containsExactly("got 1", "got 2");
        turns.stop();
    }

    /** Whatever it throws: a program must neither catch it nor be blamed for it. */
    @Test
    void whatItsDeputyThrowsComesOutOfTheLoopsAndDoesNotReachTheProgram() {
        for (Throwable wrong :
                List.of(
                        new IllegalStateException("wrong"),
                        new StackOverflowError("too deep"),
                        new OutOfMemoryError("too much"),
                        new AssertionError("wrong"))) {
            List<Throwable> caught = new ArrayList<>();
            var turns =
                    new Turns<Integer, String>(
                            "blamed",
                            mine -> {
                                try {
                                    mine.ask("something");
                                } catch (RuntimeException | Error e) {
                                    caught.add(e);
                                    throw e;
                                }
                            });

            assertThatThrownBy(() -> turns.go(0, throwing(wrong))).isSameAs(wrong);
            assertThat(caught).isEmpty();
            assertThat(turns.isOver()).isFalse();
            turns.stop();
        }
    }

    private static Turns.Deputy<Integer, String> throwing(Throwable wrong) {
        return new Turns.Deputy<>() {
            @Override
            public boolean takes(String asked) {
                return true;
            }

            @Override
            public Integer untilAnswered() {
                if (wrong instanceof Error error) throw error;
                throw (RuntimeException) wrong;
            }
        };
    }

    /**
     * An error nobody has thought of, as of a class that cannot be loaded: the loop must not wait.
     */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anErrorOfTheProgramsSideComesOutOfTheLoops() {
        var wrong = new NoClassDefFoundError("gone");
        var turns =
                new Turns<Integer, String>(
                        "wrong",
                        _ -> {
                            throw wrong;
                        });

        assertThatThrownBy(() -> turns.go(0)).isSameAs(wrong);
        assertThat(turns.isOver()).isTrue();
        assertThat(turns.go(0)).isNull();
    }

    @Test
    void whoIsStoppedInItsOwnTurnGetsNoAnswerFromItsDeputy() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        var turns =
                new Turns<Integer, String>(
                        "stopped",
                        mine -> {
                            seen.add("asks");
                            mine.ask("something");
                            seen.add("goes on");
                        });
        var stopping =
                new Turns.Deputy<Integer, String>() {
                    @Override
                    public boolean takes(String asked) {
                        turns.stop();
                        return true;
                    }

                    @Override
                    public Integer untilAnswered() {
                        return 1;
                    }
                };

        assertThat(turns.go(0, stopping)).isNull();
        assertThat(turns.hasEnded(Duration.ofMinutes(1))).isTrue();
        assertThat(seen).containsExactly("asks");
    }

    /**
     * As where a run is closed while its loop goes on: a turn that is given to nobody comes back.
     */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTurnThatIsGivenWhileAnotherThreadStopsTheProgramComesBack() throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            var turns =
                    new Turns<Integer, String>(
                            "stopped",
                            mine -> {
                                while (true) mine.ask("more");
                            });
            turns.go(0);
            Thread stopping = Thread.ofVirtual().start(turns::stop);
            for (int j = 0; j < 20; j++) turns.go(1);
            stopping.join();
            assertThat(turns.go(1)).isNull();
        }
    }

    @Test
    void aProgramThatIsStoppedUnwinds() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        var turns =
                new Turns<Integer, String>(
                        "waiting",
                        mine -> {
                            try {
                                mine.ask("for ever");
                            } finally {
                                seen.add("unwound");
                            }
                        });
        turns.go(0);

        turns.stop();

        assertThat(turns.hasEnded(Duration.ofMinutes(1))).isTrue();
        assertThat(seen).containsExactly("unwound");
    }

    @Test
    void programsOfARunThatIsClosedEnd() throws InterruptedException {
        var net = new ProgramNetwork();
        for (int i = 0; i < 20; i++) net.start("server", "echo_server", Integer.toString(7000 + i));
        net.run(1);
        List<Turns<Answer, Request>> waiting = net.programs.waiting();
        assertThat(waiting).hasSize(20).allMatch(Turns::isAlive);

        net.close();

        for (Turns<Answer, Request> each : waiting) {
            assertThat(each.hasEnded(Duration.ofMinutes(1))).isTrue();
        }
    }

    /** The loop's side is dropped without a word: its programs are found to be nobody's. */
    @Test
    void programsOfARunThatNobodyHasAnyMoreEnd() throws InterruptedException {
        for (Turns<Answer, Request> each : programsOfADroppedRun()) {
            boolean ended = false;
            for (int i = 0; i < 600 && !ended; i++) {
                System.gc();
                ended = each.hasEnded(Duration.ofMillis(100));
            }
            assertThat(ended).isTrue();
        }
    }

    @SuppressWarnings("resource") // that it is not closed is what is tried
    private static List<Turns<Answer, Request>> programsOfADroppedRun() {
        var net = new ProgramNetwork();
        net.start("server", "echo_server", "7000");
        net.start("server", "thread_server", "7001");
        net.start("client", "echo_client", "10.0.0.2", "7001", "hello");
        net.runTogether(1);
        assertThat(net.stepsOfPrograms).isPositive();
        return net.programs.waiting();
    }
}
