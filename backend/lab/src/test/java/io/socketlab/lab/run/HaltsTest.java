package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run halts where it asks, and what comes behind is not to be seen before there is an answer. */
class HaltsTest {

    private static final String PREDICTIONS =
            """
            predictions:
              - id: answer
                ask: {en: "A SYN has come. What does the server send?"}
                halt: "server < S"
                choices:
                  - {id: SYN_ACK, text: {en: "a SYN-ACK"}, when: "exists(server > S.)"}
                  - {id: RESET, text: {en: "a RST"}, when: "exists(server > R?.)"}
                at: "client < any"
                rule: RFC9293.SYN_ACK
                points: 0
              - id: window
                ask: {en: "How many octets will it have got?"}
                halt: "server < any len 1.."
                nth: 2
                value: "server.child[1].rcv.nxt"
                at: "server > any"
                rule: RFC9293.ACK_EVERY_SECOND
                points: 1
            """;

    private static final Lab LAB =
            TwoHosts.labWith("scoring: {total: 1}", PREDICTIONS + "scoring: {total: 2}");

    private static final List<String> CONNECT =
            List.of(
                    "server: socket(AF_INET, SOCK_STREAM, 0)",
                    "server: bind(3, *:80)",
                    "server: listen(3, 5)",
                    "client: socket(AF_INET, SOCK_STREAM, 0)",
                    "client: connect(3, server:80)");

    private final LabRun run = LabRun.start(LAB, 7);
    private final List<TraceEvent> heard = new ArrayList<>();

    private void connect() {
        run.onEvent(heard::add);
        CONNECT.forEach(run::input);
        run.input("run");
    }

    private static boolean isArrivalOfSyn(TraceEvent event) {
        return event instanceof TraceEvent.SegmentReceived e && e.stamp().host().equals("server");
    }

    @Test
    void itHaltsAtTheEventAndKeepsBackWhatTheKernelDoesInThatBreath() {
        connect();
        assertThat(run.asked()).map(Prediction::id).contains("answer");
        assertThat(run.events().getLast()).matches(HaltsTest::isArrivalOfSyn);
        assertThat(run.events()).noneMatch(HaltsTest::sendsSynAck);
        int all = run.events().size();
        assertThat(heard).isEqualTo(run.events().subList(all - heard.size(), all));
        assertThat(run.nextAt()).isEmpty();

        int before = run.events().size();
        Reply reply = run.input("predict answer SYN_ACK");
        assertThat(reply.firstSeq()).isEqualTo(before + 1);
        assertThat(run.events()).anyMatch(HaltsTest::sendsSynAck);
        assertThat(heard).anyMatch(HaltsTest::sendsSynAck);
        assertThat(run.asked()).isEmpty();
    }

    private static boolean sendsSynAck(TraceEvent event) {
        return event instanceof TraceEvent.SegmentSent e && e.flags().equals("S.");
    }

    @Test
    void nothingElseIsDoneBeforeThereIsAnAnswer() {
        connect();
        int before = run.events().size();
        for (String line : List.of("step", "run 2s", "client: close(3)", "reveal answer")) {
            assertThatThrownBy(() -> run.input(line))
                    .isInstanceOf(ScriptException.class)
                    .hasMessageContaining(
                            "expected what happens next: predict answer SYN_ACK|RESET, or skip"
                                    + " answer");
        }
        assertThatThrownBy(() -> run.input("predict answer SYNACK"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("did you mean 'SYN_ACK'");
        assertThatThrownBy(() -> run.input("predict window 4")).isInstanceOf(ScriptException.class);
        assertThat(run.events()).hasSize(before);
        assertThat(run.inputs()).hasSize(CONNECT.size() + 1);
    }

    @Test
    void aReplayOfItsLogIsTheSameRunAskingOrNot() {
        connect();
        assertThat(LabRun.replay(LAB, 7, run.inputs()).traceHash()).isEqualTo(run.traceHash());
        assertThat(LabRun.replay(LAB, 7, run.inputs()).asked()).isEqualTo(run.asked());
        run.input("skip answer");
        run.input("run");
        LabRun again = LabRun.replay(LAB, 7, run.inputs());
        assertThat(again.traceHash()).isEqualTo(run.traceHash());
        assertThat(again.skipped()).containsExactly("answer");
    }

    @Test
    void itGoesAsOneInWhichNothingIsAsked() {
        connect();
        run.input("predict answer RESET");
        run.input("run");
        LabRun plain = LabRun.start(TwoHosts.lab(), 7);
        CONNECT.forEach(plain::input);
        plain.input("run");
        assertThat(run.traceHash()).isEqualTo(plain.traceHash());
    }

    @Test
    void theNthIsMeantAndWhatEarnsPointsIsNotSkipped() {
        connect();
        run.input("skip answer");
        run.input("run");
        run.input("client: send(3, ..., 4000, 0)");
        run.input("run");
        assertThat(run.asked()).map(Prediction::id).contains("window");
        assertThatThrownBy(() -> run.input("skip window"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("it earns points");
        run.input("predict window 2897");
        assertThat(run.predictions()).hasToString("{window=2897}");
    }

    @Test
    void revealRunsToWhereItIsDecidedAndTheLogDoesNotLookAhead() {
        connect();
        assertThatThrownBy(() -> run.input("reveal window"))
                .hasMessageContaining("predict answer SYN_ACK|RESET");
        run.input("predict answer SYN_ACK");
        run.input("reveal answer");
        TraceEvent decided =
                run.events().stream()
                        .filter(e -> e instanceof TraceEvent.SegmentReceived)
                        .filter(e -> e.stamp().host().equals("client"))
                        .findFirst()
                        .orElseThrow();
        assertThat(run.inputs().getLast())
                .isEqualTo("run until event " + decided.stamp().seq() + " (answer)");
        assertThat(LabRun.isSameInput("reveal answer", run.inputs().getLast())).isTrue();
        assertThat(LabRun.replay(LAB, 7, run.inputs()).traceHash()).isEqualTo(run.traceHash());
        assertThatThrownBy(() -> run.input("reveal answer"))
                .hasMessageContaining("expected what is not decided yet; it is");
        assertThatThrownBy(() -> run.input("reveal window"))
                .hasMessageContaining("expected what happens next: predict window 4");
    }

    @Test
    void aScriptIsNotAskedAndSaysItBeforehand() {
        ScriptRunner.run(
                run,
                Source.of(
                        "mine.pkt",
                        "predict(answer) = SYN_ACK\n"
                                + String.join("\n", CONNECT.stream().map(l -> l + " = 0").toList())
                                        .replace("0) = 0", "0) = 3")));
        assertThat(run.asked()).isEmpty();
        assertThat(run.inputs()).startsWith("predict answer SYN_ACK", "skip window");
        assertThat(LabRun.replay(LAB, 7, run.inputs()).traceHash()).isEqualTo(run.traceHash());
        assertThatThrownBy(() ->
                        ScriptRunner.run(
                                LabRun.start(LAB, 7),
                                Source.of("mine.pkt", "predict(answer) = ACK")))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("expected one of SYN_ACK, RESET");
    }

    @Test
    void aForkFromBeforeTheMomentGoesOnFromThere() {
        connect();
        int asked = run.events().size();
        run.input("predict answer SYN_ACK");
        run.input("run");
        List<String> log = CutLog.at(LAB, 7, run.inputs(), asked);
        assertThat(log).last().isEqualTo("run until event " + asked);
        assertThat(CutLog.at(LAB, 7, run.inputs(), asked - 2))
                .last()
                .isEqualTo("run until event " + (asked - 2));
    }
}
