package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * sendmmsg(2), recvmmsg(2). What is expected was seen of a C program's same calls on Linux 6.18;
 * net/socket.c, do_recvmmsg(), __sys_sendmmsg().
 */
class ManyMessagesTest {

    private static final String SOCKETS =
            """
            server: socket(AF_INET, SOCK_DGRAM, 0) = 3
            server: bind(3, *:7000) = 0
            client: socket(AF_INET, SOCK_DGRAM, 0) = 3
            client: connect(3, server:7000) = 0
            """;

    private static final String ROOMS =
            """
            [{msg_hdr={msg_iov=[{..., 100}]}}, {msg_hdr={msg_iov=[{..., 100}]}},
                {msg_hdr={msg_iov=[{..., 100}]}}], 3\
            """;

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private void script(String rest) {
        String text = SOCKETS + rest.replace("ROOMS", ROOMS);
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
    }

    private List<CallReturned> returned(String call) {
        return run.events().stream()
                .filter(CallReturned.class::isInstance)
                .map(CallReturned.class::cast)
                .filter(e -> e.name().equals(call))
                .toList();
    }

    /** In milliseconds of virtual time. */
    private List<Long> times(String call) {
        return returned(call).stream().map(e -> e.stamp().at() / 1_000_000).toList();
    }

    @Test
    void severalMessagesGoAndComeByOneCall() {
        script(
                """
                client: sendmmsg(3, [{msg_hdr={msg_iov=[{"one", 3}]}, msg_len=3},
                    {msg_hdr={msg_iov=[{"tw", 2}, {"o", 1}]}, msg_len=3}], 2, 0) = 2
                quiet()
                server: recvmmsg(3, [{msg_hdr={msg_iov=[{..., 100}], msg_flags=0}, msg_len=3},
                    {msg_hdr={msg_iov=[{..., 2}], msg_flags=MSG_TRUNC}, msg_len=2}], 2, 0, NULL) = 2
                """);
        assertThat(returned("sendmmsg").getFirst().text())
                .isEqualTo(
                        "sendmmsg(3, [{msg_hdr={msg_iov=[{\"one\", 3}]}, msg_len=3}, {msg_hdr={msg_iov=[{\"tw\", 2}, {\"o\", 1}]}, msg_len=3}], 2, 0) = 2");
        CallReturned received = returned("recvmmsg").getFirst();
        assertThat(received.text())
                .matches(
                        "recvmmsg\\(3, \\[\\{msg_hdr=\\{msg_name=10\\.0\\.0\\.1:\\d+, msg_iov=\\[\\{\"one\", 3}], msg_flags=0}, msg_len=3}, .*msg_flags=MSG_TRUNC}, msg_len=2}], 2, 0, NULL\\) = 2");
        assertThat(received.data()).asString().isEqualTo("onetw");
    }

    /** Without MSG_WAITFORONE it would wait for the third. */
    @Test
    void waitsForTheFirstAlone() {
        script(
                """
                server: recvmmsg(3, ROOMS, MSG_WAITFORONE) = 1
                client: send(3, ..., 10, 0) = 10
                +0.05 client: send(3, ..., 20, 0) = 20
                quiet()
                server: recvmmsg(3, ROOMS, MSG_DONTWAIT) = 1
                server: recvmmsg(3, ROOMS, MSG_DONTWAIT) = -1 EAGAIN
                """);
    }

    /** The second comes after the time is up, and only then the call looks at the clock. */
    @Test
    void looksAtTheClockAfterEachMessageOnly() {
        script(
                """
                server: recvmmsg(3, ROOMS, 0, 0.5) = 2
                +0.1 client: send(3, ..., 10, 0) = 10
                +0.6 client: send(3, ..., 10, 0) = 10
                """);
        assertThat(times("recvmmsg")).containsExactly(710L);
    }

    /** Each message has SO_RCVTIMEO for itself: 0.21 s, 0.41 s, and 0.3 s more. */
    @Test
    void receiveTimeoutBeginsAnewWithEachMessage() {
        script(
                """
                server: setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, {sec=0, usec=300000}) = 0
                server: recvmmsg(3, ROOMS) = 2
                +0.2 client: send(3, ..., 10, 0) = 10
                +0.2 client: send(3, ..., 10, 0) = 10
                """);
        assertThat(times("recvmmsg")).containsExactly(710L);
    }

    /** Two have come when the third is awaited, and another task's send meets a closed port. */
    @Test
    void anErrorAfterTheFirstIsKeptForTheNextCall() {
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, 0) = 4
                client: bind(4, *:5001) = 0
                client: connect(4, server:7000) = 0
                server: sendto(3, ..., 2, 0, client:5001) = 2
                server: sendto(3, ..., 3, 0, client:5001) = 3
                server: close(3) = 0
                quiet()
                client: recvmmsg(4, ROOMS) = 2
                client.2: send(4, ..., 1, 0) = 1
                quiet()
                client: recvmmsg(4, ROOMS, MSG_DONTWAIT) = -1 ECONNREFUSED
                client: recvmmsg(4, ROOMS, MSG_DONTWAIT) = -1 EAGAIN
                """);
    }

    @Test
    void anErrorComesFirstEvenWhereNoMessageIsAskedFor() {
        script(
                """
                server: close(3) = 0
                client: send(3, ..., 1, 0) = 1
                quiet()
                client: recvmmsg(3, [], 0, 0) = -1 ECONNREFUSED
                client: recvmmsg(3, [], 0, 0) = 0
                """);
    }

    @Test
    void onlyTheFirstMessagesErrorIsToldOfSending() {
        script(
                """
                client: sendmmsg(3, [{msg_hdr={msg_iov=[{..., 5}]}, msg_len=5},
                    {msg_hdr={msg_iov=[{..., 70000}]}}], 2, 0) = 1
                client: getsockopt(3, SOL_SOCKET, SO_ERROR, [0]) = 0
                client: sendmmsg(3, [{msg_hdr={msg_iov=[{..., 70000}]}}], 1, 0) = -1 EMSGSIZE
                client: sendmmsg(3, [], 0, 0) = 0
                client: sendmmsg(77, [], 0, 0) = -1 EBADF
                client: recvmmsg(77, [], 0, 0) = -1 EBADF
                """);
    }

    /** A stream fills the buffers of one message after the other; at its end each has nothing. */
    @Test
    void aStreamIsReceivedInPieces() {
        String rooms =
                "[{msg_hdr={msg_iov=[{..., 4}]}}, {msg_hdr={msg_iov=[{..., 4}]}}, {msg_hdr={msg_iov=[{..., 4}]}}], 3";
        script(
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 4
                server: bind(4, *:6000) = 0
                server: listen(4, 5) = 0
                client: socket(AF_INET, SOCK_STREAM, 0) = 4
                client: connect(4, server:6000) = 0
                server: accept(4, ..., ...) = 5
                client: sendmmsg(4, [{msg_hdr={msg_iov=[{..., 5}]}, msg_len=5},
                    {msg_hdr={msg_iov=[{..., 5}]}, msg_len=5}, {msg_hdr={msg_iov=[{..., 5}]}}], 3, 0) = 3
                quiet()
                server: recvmmsg(5, PIECES, 0) = 3
                server: recvmmsg(5, PIECES, MSG_DONTWAIT) = 1
                client: close(4) = 0
                quiet()
                server: recvmmsg(5, PIECES, 0) = 3
                """
                        .replace("PIECES", rooms));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "recvmmsg(3, [{msg_hdr={msg_iov=[{..., 9}]}}], 2, 0) => a.pkt:1:55: expected 1, the number of messages, found '2'",
                "recvmmsg(3, [5], 1, 0) => a.pkt:1:22: expected a message such as {msg_hdr={msg_iov=[{..., 100}]}}, found '5'",
                "sendmmsg(3, [{msg_iov=[{..., 9}]}], 1, 0) => a.pkt:1:22: expected a member msg_hdr=, found '{msg_iov=[{..., 9}]}'",
            })
    void refusesWhatIsNoMessage(String call, String message) {
        assertThatThrownBy(() -> ScriptRunner.run(run, Source.of("a.pkt", "client: " + call)))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
    }
}
