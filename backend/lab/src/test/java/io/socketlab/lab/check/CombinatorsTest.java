package io.socketlab.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ScriptGrader;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the combinators of a check say of a run, and what they refuse to read. */
class CombinatorsTest {

    private static final String LAB =
            """
            apiVersion: socketlab/v1
            id: one-check
            revision: 1
            title: {en: "One check"}
            level: 1
            minutes: 5
            stack: {profile: textbook, limits: {events: 50000, virtual: 200s}}
            topology:
              hosts: {client: {}, server: {}}
              links: [{a: client, b: server, delay: 10ms, LINK}]
            student: {modes: [script], hosts: [client, server]}
            checks:
              - id: it
                title: {en: "It"}
                points: 10
                requires: "exists(client: socket(...))"
                assert: ASSERT
                feedback: {fail: {en: "No."}, not_exercised: {en: "Nothing."}}
            scoring: {total: 10}
            """;

    private static final String CONNECTED =
            """
            server: socket(AF_INET, SOCK_STREAM, 0) = 3
            server: bind(3, *:8080) = 0
            server: listen(3, 5) = 0
            client: socket(AF_INET, SOCK_STREAM, 0) = 3
            client: setsockopt(3, IPPROTO_TCP, TCP_CONGESTION, "reno") = 0
            client: connect(3, server:8080) = 0
            server: accept(3) = 4
            """;

    private static final String BULK =
            CONNECTED
                    + """
                    client: send(3, ..., 200000, 0) = 200000
                    server: recv(4, ..., 200000, MSG_WAITALL) = 200000
                    quiet()
                    """;

    private String link = "rate: 20mbit, queue: 1000pkt";

    private Lab lab(String assertion) {
        String yaml = LAB.replace("ASSERT", assertion).replace("LINK", link);
        return LabText.lab("one-check", yaml);
    }

    private ResultDocument.Test judged(String assertion, String script) {
        return ScriptGrader.grade(lab(assertion), 1, "script.pkt", script).tests().getFirst();
    }

    // ---- several

    @Test
    void anEventThatShowsTwoPartsIsNamedOnce() {
        ResultDocument.Test test =
                judged(
                        "{all: [{exists: 'server: listen(...) = 0'}, {count: {of: 'server: listen(...) = 0', is: 1}}]}",
                        CONNECTED);
        assertThat(test.evidence()).hasSize(1);
    }

    // ---- order

    @Test
    void aStepThatDoesNotComeAgainIsNotCalledEarly() {
        ResultDocument.Test test =
                judged(
                        "{order: ['client: socket(...) = 3', 'client: socket(...) = 3..']}",
                        CONNECTED);
        assertThat(test.actual())
                .startsWith("it did not happen again after: client: socket(AF_INET");
    }

    @Test
    void aStepThatHasNotComeAgainYetMayStillCome() {
        ResultDocument.Test test =
                judged(
                        "{order: ['client: socket(...) = 3', 'client: socket(...) = 3..']}",
                        CONNECTED);
        assertThat(test.open()).isTrue();
    }

    @Test
    void aStepThatComesTooEarlyIsNamed() {
        ResultDocument.Test test =
                judged("{order: ['client: connect(...)', 'client: socket(...) = 3']}", CONNECTED);
        assertThat(test.actual()).startsWith("it came too early: client: socket(AF_INET");
    }

    @Test
    void whatShouldNotComeInThisOrderIsToldStepByStep() {
        ResultDocument.Test test =
                judged(
                        "{none: [{order: ['server: bind(...) = 0', 'server: listen(...) = 0']}]}",
                        CONNECTED);
        assertThat(test.actual())
                .matches(
                        "server: bind\\(3, 0.0.0.0:8080\\) = 0 \\(event \\d+\\), then "
                                + "server: listen\\(3, 5\\) = 0 \\(event \\d+\\)");
    }

    // ---- series

    @Test
    void slowStartDoublesTheWindowEachRoundTrip() {
        ResultDocument.Test test =
                judged(
                        "{series: {metric: client.cwnd, shape: doubles_per_rtt, tol: 1,"
                                + " until: 'client.cwnd > 80'}}",
                        BULK);
        assertThat(test.status()).as(test.output()).isEqualTo(Verdict.PASS);
        assertThat(test.output()).startsWith("from 10 to 20, from 20 to 40");
    }

    @Test
    void slowStartDoesNotGrowByOne() {
        ResultDocument.Test test =
                judged("{series: {metric: client.cwnd, shape: plus_one_per_rtt}}", BULK);
        assertThat(test.status()).isEqualTo(Verdict.FAIL);
        assertThat(test.expected()).isEqualTo("the cwnd of client grows by 1 each round trip");
        assertThat(test.actual())
                .startsWith("from 10 to 20 at: the variables of client's connection (event ");
        assertThat(test.score()).isZero();
    }

    @Test
    void afterALossTheWindowGrowsByOneEachRoundTrip() {
        link = "rate: 20mbit, queue: 1000pkt, drop: [{from: client, nth: 12}]";
        ResultDocument.Test linear =
                judged(
                        "{series: {metric: client.cwnd, shape: plus_one_per_rtt, tol: 1,"
                                + " from: 'client > any again 1', since: 'client.congestionState == 0 && client.cwnd == client.ssthresh'}}",
                        BULK);
        assertThat(linear.status()).as(linear.output()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aLossHalvesTheWindow() {
        link = "rate: 20mbit, queue: 1000pkt, drop: [{from: client, nth: 40}]";
        ResultDocument.Test halved =
                judged(
                        "{series: {metric: client.cwnd, shape: 'halves_at(client > any again 1)'}}",
                        BULK);
        assertThat(halved.expected())
                .isEqualTo("the cwnd of client is halved whenever client > any again 1");
        assertThat(halved.status()).as(halved.output()).isEqualTo(Verdict.PASS);
    }

    @Test
    void oneSegmentOfAPortIsLate() {
        link = "rate: 20mbit, late: [{from: client, port: 8080, text: true, nth: 3, by: 2ms}]";
        ResultDocument.Test reordered =
                judged("{count: {of: 'server > any ack 2897', is: '>= 2'}}", BULK);
        assertThat(reordered.status()).as(reordered.output()).isEqualTo(Verdict.PASS);
    }

    @Test
    void timesOfEventsCanBeCompared() {
        String rtt = "{final: 'time(client.tcp: SYN_SENT -> ESTABLISHED) - time(client > S) %s'}";
        assertThat(judged(rtt.formatted("< 21ms"), CONNECTED).status()).isEqualTo(Verdict.PASS);
        assertThat(judged(rtt.formatted("< 20ms"), CONNECTED).status()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void sackBlocksCountFromTheSyn() {
        link = "rate: 20mbit, drop: [{from: client, text: true, nth: 3}]";
        String sack = "{exists: 'server > . ack 2897 <...,sack %s>'}";
        ResultDocument.Test first = judged(sack.formatted("4345:5793"), BULK);
        assertThat(first.status()).as(first.output()).isEqualTo(Verdict.PASS);
        assertThat(judged(sack.formatted("2897:4345"), BULK).status()).isEqualTo(Verdict.FAIL);
        assertThatThrownBy(() -> lab(sack.formatted("{{4345:5793")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("expected '}}'");
    }

    @Test
    void aPacketOfALinkIsPickedByItsNumber() {
        link = "late: [{from: client, text: 7, by: 2}]";
        assertThatThrownBy(() -> lab("{exists: 'client > S'}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("'nth'")
                .hasMessageContaining("true or false")
                .hasMessageContaining("expected a time with its unit, as in 20ms, not 2");
    }

    @Test
    void aValueThatRisesIsMonotoneAndNotConstant() {
        assertThat(judged("{series: {metric: client.cwnd, shape: monotone}}", BULK).status())
                .isEqualTo(Verdict.PASS);
        ResultDocument.Test constant =
                judged("{series: {metric: client.cwnd, shape: constant}}", BULK);
        assertThat(constant.status()).isEqualTo(Verdict.FAIL);
        assertThat(constant.score()).isBetween(0.01, 2.0);
    }

    @Test
    void aSeriesOfSomethingThatNeverWasIsNotExercised() {
        ResultDocument.Test test =
                judged("{series: {metric: client.cwnd, shape: doubles_per_rtt}}", CONNECTED);
        assertThat(test.status()).isEqualTo(Verdict.NOT_EXERCISED);
    }

    // ---- window

    @Test
    void aWindowIsOneStretchWithoutAnIntruder() {
        String both =
                "{window: {all: ['client > S', 'server > S.'], no: ['client: send(...) = 1..']}}";
        assertThat(judged(both, BULK).status()).isEqualTo(Verdict.PASS);
        String across =
                "{window: {all: ['client > S', 'client > F?P.'], no: ['client: send(...) = 1..']}}";
        ResultDocument.Test test = judged(across, BULK + "client: close(3) = 0\n");
        assertThat(test.status()).isEqualTo(Verdict.FAIL);
        assertThat(test.score()).isEqualTo(5);
        assertThat(test.actual())
                .startsWith("1 of 2 together; missing: client > F?P.; between came: ");
    }

    @Test
    void aWindowMayHaveAnOrder() {
        String order = "{window: {order: ['FIRST', 'THEN']}}";
        String synFirst = order.replace("FIRST", "client > S").replace("THEN", "server > S.");
        String ackFirst = order.replace("FIRST", "server > S.").replace("THEN", "client > S");
        assertThat(judged(synFirst, CONNECTED).status()).isEqualTo(Verdict.PASS);
        assertThat(judged(ackFirst, CONNECTED).status()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aWindowMayHaveToBeShort() {
        String handshake = "{window: {all: ['client > S', 'client > .'], within: WITHIN}}";
        assertThat(judged(handshake.replace("WITHIN", "2rtt"), BULK).status())
                .isEqualTo(Verdict.PASS);
        ResultDocument.Test test = judged(handshake.replace("WITHIN", "19ms"), BULK);
        assertThat(test.status()).isEqualTo(Verdict.FAIL);
        assertThat(test.expected()).isEqualTo("together within 19ms: client > S; client > .");
    }

    // ---- options

    @Test
    void anOptionThatIsThereTwiceCanBeWantedTwiceAndNoMore() {
        assertThat(judged("{exists: 'client > . <nop,nop,TS *>'}", CONNECTED).status())
                .isEqualTo(Verdict.PASS);
        assertThat(judged("{exists: 'client > . <nop,nop,nop,...>'}", CONNECTED).status())
                .isEqualTo(Verdict.FAIL);
    }

    // ---- metrics

    @ParameterizedTest
    @ValueSource(strings = {"server.child[1].rcv.nxt", "client.snd.una", "client.cost.toKernel"})
    void whatHasGrownIsCountedSinceTheLastTime(String metric) {
        String script =
                CONNECTED
                        + """
                        client: send(3, ..., 700, 0) = 700
                        quiet()
                        client: send(3, ..., 300, 0) = 300
                        quiet()
                        client: send(3, ..., 5, MSG_OOB) = 5
                        """;
        ResultDocument.Test test =
                judged(
                        "{reaches: 'since(METRIC, client: send(*, *, 700, ...)) == 1000'}"
                                .replace("METRIC", metric),
                        script);
        assertThat(test.status()).as(test.output()).isEqualTo(Verdict.PASS);
        String last = "{final: 'since(METRIC, client: send(*, *, 5, ...)) > 300'}";
        assertThat(judged(last.replace("METRIC", metric), script).status()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void howEqualNumbersAreIsInPercent() {
        String script = CONNECTED + "client: send(3, ..., 300, 0) = 300\nquiet()\n";
        String condition =
                "{all: [{final: 'jain(client.cost.toKernel, client.cost.toKernel) == 100'},"
                        + " {final: 'jain(client.cost.wakeUps, client.cost.scanned) == 50'}]}";
        ResultDocument.Test test = judged(condition, script);
        assertThat(test.status()).as(test.output()).isEqualTo(Verdict.PASS);
        assertThatThrownBy(() -> lab("{final: 'jain(client.cwnd) == 3'}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("expected ', ' and another number");
    }

    @Test
    void whatCallsReturnIsAddedUpHoweverManyThereAreAndWithoutFailures() {
        String script =
                CONNECTED
                        + "client: send(3, ..., 300, 0) = 300\n"
                        + "client: send(3, ..., 40, 0) = 40\n"
                        + "client: send(9, ..., 5, 0) = -1 EBADF\nquiet()\n";
        String condition =
                "{all: [{reaches: 'sum(client: send(...) = 0..) == 300'},"
                        + " {final: 'sum(client: send|write(...) = *) == 340'}]}";
        ResultDocument.Test test = judged(condition, script);
        assertThat(test.status()).as(test.output()).isEqualTo(Verdict.PASS);
        assertThatThrownBy(() -> lab("{final: 'sum(client: send(...)) == 3'}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining(
                        "expected a call that returns, as in server: recv(...) = 0..");
    }

    @Test
    void sinceNeedsAPattern() {
        assertThatThrownBy(() -> lab("{final: 'since(client.cwnd) == 3'}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("expected ', ' and the pattern since which it has grown");
        assertThatThrownBy(() -> lab("{final: 'since(client.cwnd, client: snd(...)) == 3'}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("did you mean 'send'?");
    }

    // ---- stream

    @Test
    void aStreamIsThatOfTheTwoHostsAndOfNoThird() {
        String yaml =
                LAB.replace("ASSERT", "{stream: {dir: client -> server, length: 3}}")
                        .replace("LINK", link)
                        .replace("{client: {}, server: {}}", "{client: {}, server: {}, other: {}}")
                        .replace("}]\nstudent", "}, {a: other, b: client, delay: 1ms}]\nstudent")
                        .replace("[client, server]", "[client, server, other]");
        String script =
                CONNECTED
                        + """
                        client: send(3, "abc") = 3
                        server: recv(4, 100) = 3
                        other: socket(AF_INET, SOCK_STREAM, 0) = 3
                        other: bind(3, *:8080) = 0
                        other: listen(3, 5) = 0
                        client: socket(AF_INET, SOCK_STREAM, 0) = 4
                        client: connect(4, other:8080) = 0
                        client: send(4, "more") = 4
                        """;
        Lab lab = LabText.lab("one-check", yaml);
        ResultDocument.Test test =
                ScriptGrader.grade(lab, 1, "script.pkt", script).tests().getFirst();
        assertThat(test.actual()).isEqualTo("client sent 3, server read 3");
        assertThat(test.status()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aStreamCanBeToldByItsDigest() {
        String script = CONNECTED + "client: send(3, \"abc\") = 3\nserver: recv(4, 100) = 3\n";
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180
        String stream = "{stream: {dir: client -> server, sha256: %s}}";
        assertThat(judged(stream.formatted(abc), script).status()).isEqualTo(Verdict.PASS);
        String other = abc.replace('b', 'c');
        assertThat(judged(stream.formatted(other), script).status()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aStreamCanBeTheAlphabetHoweverItWasSent() {
        String stream = "{stream: {dir: client -> server, length: 50, equals: '...'}}";
        String first = CONNECTED + "client: send(3, ..., 30, 0) = 30\n";
        String read = "server: recv(4, ..., 50, MSG_WAITALL) = 50\n";
        assertThat(judged(stream, first + "client: send(3, ...+30, 20, 0) = 20\n" + read).status())
                .isEqualTo(Verdict.PASS);
        ResultDocument.Test again =
                judged(stream, first + "client: send(3, ..., 20, 0) = 20\n" + read);
        assertThat(again.status()).isEqualTo(Verdict.FAIL);
        assertThat(again.actual()).endsWith("the first different octet is number 30");
    }

    @Test
    void aStreamIsWhatAllCallsMoveThatMoveOctets() {
        String script =
                CONNECTED
                        + """
                        client: writev(3, [{"ab", 2}, {"msg_len=9", 9}], 2) = 11
                        client: sendmsg(3, {msg_iov=[{"cd", 2}]}, 0) = 2
                        client: sendmmsg(3, [{msg_hdr={msg_iov=[{"efg", 3}]}}, {msg_hdr={msg_iov=[{"hi", 2}]}}], 2, 0) = 2
                        quiet()
                        server: recvmsg(4, {msg_iov=[{..., 5}]}, MSG_PEEK) = 5
                        server: readv(4, [{..., 4}, {..., 8}], 2) = 12
                        server: recvmsg(4, {msg_iov=[{..., 1}, {..., 1}]}, 0) = 2
                        server: recvmmsg(4, [{msg_hdr={msg_iov=[{..., 1}]}}, {msg_hdr={msg_iov=[{..., 9}]}}], 2, 0, NULL) = 2
                        """;
        ResultDocument.Test test = judged("{stream: {dir: client -> server, length: 18}}", script);
        assertThat(test.actual()).isEqualTo("client sent 18, server read 18");
        assertThat(test.status()).isEqualTo(Verdict.PASS);
    }

    @Test
    void severalBuffersHaveRoomForTheirSum() {
        String script =
                CONNECTED
                        + """
                        client: writev(3, [{"ab", 2}, {"cde", 3}], 2) = 5
                        quiet()
                        server: readv(4, [{..., 2}, {..., 8}], 2) = 5
                        """;
        String exists = "{exists: '%s'}";
        for (String pattern :
                List.of(
                        "client: send|writev(*, \"abcde\", 5, ...) = 5",
                        "server: recv|readv(*, *, 10, ...) = 5",
                        "server: recv|readv(4, *, 10, ...) blocks | server: recv|readv(4, *, 10, ...)")) {
            assertThat(judged(exists.formatted(pattern), script).status())
                    .as(pattern)
                    .isEqualTo(Verdict.PASS);
        }
        assertThat(
                        judged(exists.formatted("server: recv|readv(*, *, 8, ...) = 5"), script)
                                .status())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void recordsAreCountedHoweverTheStreamIsCut() {
        String script =
                CONNECTED
                        + """
                        client: send(3, "\\x00\\x02hi\\x00\\x03") = 6
                        server: recv(4, 5) = 5
                        client: send(3, "you") = 3
                        server: recv(4, 100) = 1
                        server: recv(4, 100) = 3
                        """;
        String stream = "{stream: {dir: client -> server, records: {length_octets: 2, count: %d}}}";
        assertThat(judged(stream.formatted(2), script).status()).isEqualTo(Verdict.PASS);
        ResultDocument.Test test = judged(stream.formatted(4), script);
        assertThat(test.status()).isEqualTo(Verdict.FAIL);
        assertThat(test.score()).isEqualTo(5);
        assertThat(test.actual()).isEqualTo("2 whole records");
    }

    @Test
    void aRecordThatIsCutOffIsTold() {
        String script =
                CONNECTED
                        + """
                        client: send(3, "\\x00\\x05hi") = 4
                        server: recv(4, 100) = 4
                        """;
        ResultDocument.Test test =
                judged("{stream: {dir: client -> server, records: {length_octets: 2}}}", script);
        assertThat(test.status()).isEqualTo(Verdict.FAIL);
        assertThat(test.actual()).isEqualTo("0 whole records, and 4 octets of one that is not");
    }

    // ---- what cannot be read

    @Test
    void mistakesAreToldWithWhatWasExpected() {
        assertRefused("{series: {metric: client.cwnd, shape: doubels_per_rtt}}", "did you mean");
        assertRefused(
                "{series: {metric: 'count(client > S)', shape: doubles_per_rtt}}",
                "expected a value of a connection");
        assertRefused("{series: {metric: client.cwnd, shape: halves_at(x)}}", "expected");
        assertRefused("{window: {no: ['client > S']}}", "expected the key 'all'");
        assertRefused("{stream: {dir: client -> server, sha256: abc}}", "64 hexadecimal digits");
        assertRefused(
                "{stream: {dir: client -> server, prefix: a, sha256: b}}",
                "expected one of prefix, sha256");
        assertRefused("{stream: {dir: client -> server, equals: '...'}}", "expected a length");
        assertRefused("{stream: {dir: client -> sever}}", "did you mean 'server'");
    }

    private void assertRefused(String assertion, String message) {
        assertThatThrownBy(() -> lab(assertion))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("lab.yaml:17:")
                .hasMessageContaining(message);
    }

    // ---- structures and lists in calls

    @Test
    void structuresAndListsAreMatchedByWhatIsWritten() {
        String script =
                CONNECTED
                        + """
                        server: epoll_create1(0) = 5
                        server: epoll_ctl(5, EPOLL_CTL_ADD, 3, {events=EPOLLIN, fd=3}) = 0
                        server: epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, fd=4}) = 0
                        client: send(3, "hi") = 2
                        server: epoll_wait(5, 10, -1) = 1
                        server: select(5, [3, 4], NULL, NULL, NULL) = 1
                        server: poll([{fd=3, events=POLLIN}, {fd=4, events=POLLIN}], -1) = 1
                        """;
        assertMatches("server: epoll_ctl(*, *, $c, {events=EPOLLET|..., fd=$c}) = 0", script);
        assertMatches("server: epoll_ctl(*, *, 3, {events=EPOLLIN}) = 0", script);
        assertMatches("server: epoll_wait(*, [{events=EPOLLIN, fd=4}], ...) = 1", script);
        assertMatches("server: select(*, [4, 3], ...) = 1", script);
        assertMatches("server: poll([{fd=3, events=POLLIN}], ...)", script);
        assertMatches("server: poll([{fd=4, revents=POLLIN}], ...) = 1", script);
        assertMisses("server: poll([{fd=3, revents=POLLIN}], ...) = 1", script);
        assertMatches("server: accept($l, client:*) = 4", script);
        assertMisses("server: epoll_ctl(*, *, 4, {events=EPOLLIN}) = 0", script);
        assertMisses("server: epoll_ctl(*, *, 3, {events=EPOLLET|...}) = 0", script);
        assertMisses("server: epoll_wait(*, [{fd=3}], ...) = 1", script);
        assertMisses("server: select(*, [5], ...) = 1", script);
    }

    private void assertMatches(String pattern, String script) {
        ResultDocument.Test test = judged("{exists: '" + pattern + "'}", script);
        assertThat(test.status()).as(pattern + ": " + test.output()).isEqualTo(Verdict.PASS);
    }

    private void assertMisses(String pattern, String script) {
        ResultDocument.Test test = judged("{exists: '" + pattern + "'}", script);
        assertThat(test.status()).as(pattern).isEqualTo(Verdict.FAIL);
    }
}
