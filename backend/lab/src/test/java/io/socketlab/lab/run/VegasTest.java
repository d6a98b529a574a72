package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabText;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Linux's net/ipv4/tcp_vegas.c, seen through the congestion window of a sender. */
class VegasTest {

    private static final String LAB =
            """
            apiVersion: socketlab/v1
            id: vegas
            revision: 1
            title: {en: "Vegas"}
            level: 1
            minutes: 5
            stack: {profile: linux, limits: {events: 50000, virtual: 200s}}
            topology:
              hosts: {client: {}, server: {}}
              links: [{a: client, b: server, delay: 15ms, rate: 8mbit, queue: 200pkt}]
            student: {modes: [script], hosts: [client, server]}
            checks:
              - id: it
                title: {en: "It"}
                points: 1
                assert: {exists: "client: connect(...) = 0"}
                feedback: {fail: {en: "No."}}
            scoring: {total: 1}
            """;

    private static final String CHOOSE =
            "client: setsockopt(3, IPPROTO_TCP, TCP_CONGESTION, \"vegas\") = 0\n";

    private static final String CONNECT = "client: connect(3, server:8080) = 0\n";

    /**
     * tcp_vegas_cwnd_event() begins anew at the first segment with text, so the handshake's round
     * trip, which is short of what a full segment takes on the wire, is not the path's.
     */
    @Test
    void theRoundTripOfTheHandshakeDoesNotCount() {
        assertThat(windows(CHOOSE + CONNECT))
                .hasSizeGreaterThan(20)
                .isEqualTo(windows(CONNECT + CHOOSE));
    }

    /** The values of cwnd, one after the other. */
    private static List<Long> windows(String opening) {
        Lab lab = LabText.lab("vegas", LAB);
        LabRun run = LabRun.start(lab, 1);
        String script =
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:8080) = 0
                server: listen(3, 5) = 0
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                OPENING
                server: accept(3) = 4
                server: recv(4, ..., 200000, MSG_WAITALL) = 200000
                client: send(3, ..., 200000, 0) = 200000
                """
                        .replace("OPENING\n", opening);
        ScriptRunner.run(run, Source.of("vegas.pkt", script));
        return run.events().stream()
                .filter(TraceEvent.TcbChanged.class::isInstance)
                .map(TraceEvent.TcbChanged.class::cast)
                .filter(e -> e.stamp().host().equals("client"))
                .map(TraceEvent.TcbChanged::changed)
                .filter(changed -> changed.has(TcbVariable.CWND))
                .map(changed -> changed.get(TcbVariable.CWND))
                .toList();
    }
}
