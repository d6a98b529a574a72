package io.socketlab.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.grade.ScriptGrader;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Operands and units that a check can name, each in a check that holds and in one that does not.
 */
class LanguageTest {

    private static final String LAB =
            """
            apiVersion: socketlab/v1
            id: one-check
            revision: 1
            title: {en: "One check"}
            level: 1
            minutes: 5
            stack: {profile: linux, limits: {events: 50000, virtual: 400s}}
            topology:
              hosts: {client: {count: 2}, server: {}}
              links: [{a: client, b: server, delay: 10ms, rate: 20mbit, queue: 100pkt}]
            student: {modes: [script], hosts: [client, server]}
            checks:
              - id: it
                title: {en: "It"}
                points: 10
                requires: "exists(server: socket(...))"
                assert: ASSERT
                feedback: {fail: {en: "No."}, not_exercised: {en: "Nothing."}}
            scoring: {total: 10}
            """;

    /** Two connections to one listener, one of them answered; a datagram that nobody reads. */
    private static final String SCRIPT =
            """
            server: socket(AF_INET, SOCK_STREAM, 0) = 3
            server: bind(3, *:8080) = 0
            server: listen(3, 5) = 0
            client1: socket(AF_INET, SOCK_STREAM, 0) = 3
            client1: connect(3, server:8080) = 0
            quiet()
            client2: socket(AF_INET, SOCK_STREAM, 0) = 3
            client2: connect(3, server:8080) = 0
            quiet()
            server: accept(3) = 4
            server: accept(3) = 5
            client1: send(3, ..., 300, 0) = 300
            client2: send(3, ..., 500, 0) = 500
            quiet()
            server: recv(4, 1000) = 300
            server: send(4, "ok") = 2
            quiet()
            client1: recv(3, 10) = 2
            server: socket(AF_INET, SOCK_DGRAM, 0) = 6
            server: bind(6, *:9090) = 0
            client2: socket(AF_INET, SOCK_DGRAM, 0) = 4
            client2: sendto(4, ..., 100, 0, server:9090) = 100
            quiet()
            client1: close(3) = 0
            server: close(4) = 0
            quiet()
            """;

    private static Lab lab(String assertion) {
        return LabText.lab("one-check", LAB.replace("ASSERT", assertion));
    }

    private static Verdict verdict(String assertion) {
        return ScriptGrader.grade(lab(assertion), 1, "script.pkt", SCRIPT)
                .tests()
                .getFirst()
                .status();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{reaches: 'server.listen[8080].synq == 1'} # {reaches: 'server.listen[8080].synq == 2'}",
                "{reaches: 'server.listen[8080].acceptq == 2'} # {reaches: 'server.listen[8080].acceptq == 3'}",
                "{final: 'server.listen[8080].backlog == 5'} # {final: 'server.listen[8080].backlog == 6'}",
                "{reaches: 'server.child[1].rcvbuf.used == 300'} # {reaches: 'server.child[1].rcvbuf.used == 500'}",
                "{reaches: 'server.child[2].rcvbuf.used == 500'} # {reaches: 'server.child[2].rcvbuf.used == 300'}",
                "{final: 'max(server.child[*].rcvbuf.used) >= 500'} # {final: 'max(server.child[*].rcvbuf.used) > 800'}",
                "{final: 'server.udp[9090].rcvbuf.datagrams == 1'} # {final: 'server.udp[9090].rcvbuf.datagrams == 0'}",
                "{final: 'min(client1.cwnd) == 10'} # {final: 'min(client1.cwnd) == 1'}",
                "{final: 'count(server: recv(...) = 300) == 1'} # {final: 'count(server: recv(...)) == 2'}",
                "{final: 'server.cost.calls > 5'} # {final: 'server.cost.calls > 500'}",
                "{response: {each: 'client1: send(...) = 300', leads_to: 'client1: recv(...) = 2', within: 2rtt}} # {response: {each: 'client1: send(...) = 300', leads_to: 'client1: recv(...) = 3', within: 2rtt}}",
                "{response: {each: 'client1.tcp -> TIME_WAIT', leads_to: 'client1.tcp -> CLOSED', within: 2msl}} # {response: {each: 'client1.tcp -> TIME_WAIT', leads_to: 'client1.tcp -> CLOSED', within: 1rto}}",
                "{during: {from: start, to: end, never: '* > R?.'}} # {during: {from: start, to: end, never: 'client1 > F?P.'}}",
                "{during: {from: 'server: listen(...) = 0', to: 'server: accept(...) = 3..', expect: 'server.listen[8080].acceptq <= 2'}} # {during: {from: 'server: listen(...) = 0', to: end, expect: 'server.listen[8080].acceptq <= 1'}}",
                "{order: ['client[k]: connect(...) = 0', 'client[k]: send(...) = 500']} # {order: ['client[k]: send(...) = 300', 'client[k]: send(...) = 500']}",
                "{exists: 'client[2]: send(...) = 500'} # {exists: 'client[1]: send(...) = 500'}",
                "{any: [{exists: 'server: recv(...) = 7'}, {exists: 'server: recv(...) = 300'}]} # {any: [{exists: 'server: recv(...) = 7'}, {exists: 'server: recv(...) = 8'}]}",
                "{none: [{exists: 'server: recv(...) = 7'}]} # {none: [{exists: 'server: recv(...) = 300'}]}",
                "{exists: 'server: accept(...) = 3..{2,}'} # {exists: 'server: accept(...) = 3..{3,}'}",
                "{exists: 'server < udp len 100'} # {exists: 'server < udp len 101'}",
                "{exists: 'client1 > [1:301]'} # {exists: 'client1 > [1:302]'}",
            })
    void anOperandHoldsOrDoesNot(String holds, String fails) {
        assertThat(verdict(holds)).as(holds).isEqualTo(Verdict.PASS);
        assertThat(verdict(fails)).as(fails).isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{reaches: 'server.listen[8080].acceptq == 1 + 2'} # at some moment the accept queue of server's listener on port 8080 is 3 # it never was so; at the end the accept queue of server's listener on port 8080 is 0",
                "{always: 'server.listen[8080].acceptq <= 1 || client1.cwnd < 2'} # always the accept queue of server's listener on port 8080 is at most 1 or the cwnd of client1 is less than 2 # the accept queue of server's listener on port 8080 is 2, the cwnd of client1 is 10",
                "{final: 'min(client1.cwnd) == 1'} # when the run is over the least cwnd of client1 is 1 # the least cwnd of client1 is 10",
                "{final: 'count(server: recv(...)) == 2'} # when the run is over the number of times ‘server: recv(...)’ happened is 2 # the number of times ‘server: recv(...)’ happened is 1",
                "{final: '!exists(client1 > S)'} # when the run is over ‘client1 > S’ has not happened # ‘client1 > S’ has happened",
                "{final: 'server.child[1].state == LISTEN && (server.udp[9090].rcvbuf.datagrams == 1 || exists(client1 > S))'} # when the run is over the state of connection 1 of server's listener is LISTEN and (the number of datagrams in the receive buffer of server's UDP socket on port 9090 is 1 or ‘client1 > S’ has happened) # the state of connection 1 of server's listener is CLOSED, the number of datagrams in the receive buffer of server's UDP socket on port 9090 is 1, ‘client1 > S’ has happened",
            })
    void aConditionIsToldInWords(String assertion, String expected, String actual) {
        var test = ScriptGrader.grade(lab(assertion), 1, "script.pkt", SCRIPT).tests().getFirst();
        assertThat(test.expected()).isEqualTo(expected);
        assertThat(test.actual()).isEqualTo(actual);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{reaches: 'server.listen[8080].sinq == 1'} # synq",
                "{reaches: 'server.udp[9090].rcvbuf.datagram == 1'} # rcvbuf.datagrams",
                "{final: 'client1.cwmd == 10'} # cwnd",
                "{final: 'minn(client1.cwnd) == 10'} # min",
                "{response: {each: 'client1: send(...)', leadsto: 'client1: recv(...)'}} # leads_to",
                "{response: {each: 'client1: send(...)', leads_to: 'client1: recv(...)', within: 2rt}} # rtt",
                "{during: {from: start, to: end, nevr: '* > R'}} # never",
                "{exists: 'clent1: send(...) = 500'} # did you mean 'client'",
                "{exists: 'client1: sent(...) = 500'} # send",
                "{exists: 'client1.tcp -> TIMEWAIT'} # TIME_WAIT",
                "{exists: 'client1 timer persst fires'} # persist",
                "{exists: 'server drop reason=acceptq_ful'} # ACCEPTQ_FULL",
                "{series: {metric: client1.cwnd, shape: monotonous}} # monotone",
                "{stream: {dir: client1 -> servr, length: 1}} # server",
                "{nevr: '* > R'} # never",
            })
    void aSlipIsToldAtItsPlaceWithTheNearestSpelling(String slip, String nearest) {
        assertThatThrownBy(() -> lab(slip))
                .isInstanceOf(LabException.class)
                .hasMessageMatching("(?s).*lab\\.yaml:17:\\d+: .*")
                .hasMessageContaining(nearest);
    }
}
