package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs that wait for one another, and such that only look as if they did. */
class DeadlockTest {

    private final ProgramNetwork net = new ProgramNetwork();

    @AfterEach
    void close() {
        net.close();
    }

    private void both(String program) {
        net.start("server", program, "serve");
        net.start("client", program, "10.0.0.2");
        net.run(200);
    }

    @Test
    void bothEndsWaitForTheOtherToSpeak() {
        both("both_wait");
        assertThat(net.programs.deadlocks())
                .singleElement()
                .satisfies(deadlock -> {
                    assertThat(deadlock.sentence())
                            .isEqualTo(
                                    "Both ends wait for the other to send: client in recv() at both_wait.c:24,"
                                            + " server in recv() at both_wait.c:24.");
                    assertThat(deadlock.ends())
                            .extracting(Deadlock.End::host, Deadlock.End::place)
                            .containsExactly(
                                    tuple("server", "both_wait.c:24"),
                                    tuple("client", "both_wait.c:24"));
                    assertThat(deadlock.lesson()).startsWith("A protocol says who speaks first");
                });
    }

    @Test
    void bothEndsSendUntilTheBuffersAreFull() {
        both("both_send");
        assertThat(net.programs.deadlocks())
                .extracting(Deadlock::sentence)
                .containsExactly(
                        "Both ends send, and neither reads: client in send() at both_send.c:27,"
                                + " server in send() at both_send.c:27.");
    }

    @Test
    void aConnectionThatIsNotClosedKeepsItsReader() {
        both("left_open");
        assertThat(net.programs.deadlocks())
                .extracting(Deadlock::sentence)
                .containsExactly(
                        "client in recv() at left_open.c:27 waits for the other end, which server has open and will"
                                + " never write to: server in accept() at left_open.c:18.");
    }

    @Test
    void threadsLockTheSameMutexesInAnotherOrder() {
        net.start("server", "two_locks");
        net.run(10);
        assertThat(net.programs.deadlocks())
                .flatExtracting(Deadlock::ends)
                .extracting(Deadlock.End::place)
                .containsExactly("two_locks.c:25", "two_locks.c:12");
        assertThat(net.programs.deadlocks())
                .extracting(Deadlock::sentence)
                .containsExactly(
                        "The threads of server wait for one another: two_locks.c:25, two_locks.c:12.");
    }

    @Test
    void aServerThatWaitsForTheNextConnectionIsNone() {
        net.start("server", "echo_server", "7777", "2");
        net.start("client", "echo_client", "10.0.0.2", "7777", "hello");
        net.run(200);
        assertThat(net.programs.standing()).hasSize(1);
        assertThat(net.programs.deadlocks()).isEmpty();
    }
}
