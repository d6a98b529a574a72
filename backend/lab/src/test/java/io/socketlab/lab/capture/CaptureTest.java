package io.socketlab.lab.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.RunInterface;
import io.socketlab.lab.run.TwoHosts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a capture of a run holds, and what it says of it. */
class CaptureTest {

    private static final long SEED = 7;
    private static final long ENOUGH = 1 << 20;

    private static final List<String> CONNECT =
            List.of(
                    "server: socket(AF_INET, SOCK_STREAM, 0)",
                    "server: bind(3, *:80)",
                    "server: listen(3, 5)",
                    "client: socket(AF_INET, SOCK_STREAM, 0)",
                    "client: connect(3, server:80)",
                    "run");

    private static Lab lab(String link) {
        return TwoHosts.labWith("delay: 10ms}", "delay: 10ms" + link + "}");
    }

    private static Capture capture(Lab lab, List<String> inputs) {
        return Capture.replay(lab, SEED, inputs, ENOUGH);
    }

    @Test
    void aRunThatIsCapturedGoesAsItWouldWithout() {
        Lab lab = lab("");
        FrameLog frames = FrameLog.unlimited();
        LabRun captured = LabRun.captured(lab, SEED, frames);
        CONNECT.forEach(captured::input);
        assertThat(captured.traceHash()).isEqualTo(LabRun.replay(lab, SEED, CONNECT).traceHash());
        assertThat(frames.frames()).hasSize(6);
    }

    @Test
    void eachFrameIsWhereItsEventIs() {
        Capture capture = capture(lab(", duplicate: 50%"), CONNECT);
        assertThat(capture.frames()).isNotEmpty();
        for (Frame frame : capture.frames()) {
            TraceEvent event = capture.events().get(frame.event() - 1);
            assertThat(event.stamp().at()).isEqualTo(frame.at());
            assertThat(event.stamp().host()).isEqualTo(frame.host());
            int packet =
                    switch (event) {
                        case TraceEvent.WireEntered e when frame.outgoing() -> e.packet();
                        case TraceEvent.RxQueued e when !frame.outgoing() -> e.packet();
                        default -> throw new AssertionError(frame + " is told by " + event);
                    };
            assertThat(packet).isEqualTo(frame.packet());
        }
    }

    @Test
    void endsAtTheEventThatIsNamed() {
        Capture whole = capture(lab(""), CONNECT);
        int event = whole.frames().get(2).event();
        assertThat(whole.upTo(event).frames()).isEqualTo(whole.frames().subList(0, 3));
        assertThat(whole.upTo(event).events()).hasSize(event);
        assertThat(whole.upTo(0).frames()).isEmpty();
        assertThat(whole.upTo(Integer.MAX_VALUE)).isEqualTo(whole);
    }

    @Test
    void canBeThatOfOneCard() {
        Capture whole = capture(lab(""), CONNECT);
        RunInterface server = whole.find("server").orElseThrow();
        assertThat(whole.find("server.eth0")).contains(server);
        assertThat(whole.find("nobody")).isEmpty();
        assertThat(whole.only(server).frames()).hasSize(3).allMatch(f -> f.host().equals("server"));
    }

    @Test
    void saysWhatWasSentAndWhyAndWhatBecameOfIt() {
        Capture capture = capture(lab(", drop: [{from: client, nth: 1}]"), CONNECT);
        String first = new FrameComments(capture).of(capture.frames().getFirst());
        assertThat(first)
                .contains("packet 1 leaves client.eth0")
                .contains("client sends SYN to server")
                .contains("client calls connect(3, ")
                .contains("rule RFC9293.SYN (RFC 9293 §3.5): ")
                .contains("dropped, lost on the link");
        String again = new FrameComments(capture).of(capture.frames().get(1));
        assertThat(again).contains("client sends again SYN").doesNotContain("dropped");
    }

    @Test
    void doesNotTellWhatHappensAfterItsEnd() {
        Capture capture = capture(lab(", drop: [{from: client, nth: 1}]"), CONNECT);
        Capture before = capture.upTo(capture.frames().getFirst().event());
        assertThat(new FrameComments(before).of(before.frames().getFirst()))
                .contains("leaves client.eth0")
                .doesNotContain("dropped");
    }

    @Test
    void saysWhichBitALinkHasChanged() {
        Capture capture = capture(lab(", corrupt: 100%"), CONNECT);
        Frame sent = capture.frames().getFirst();
        Frame came = capture.frames().get(1);
        assertThat(came.octets()).isNotEqualTo(sent.octets());
        assertThat(new FrameComments(capture).of(came)).contains("changed on the way: octet ");
        assertThat(new FrameComments(capture).of(sent)).doesNotContain("changed");
    }

    @Test
    void whatCameAsItWasSentIsKeptOnce() {
        Capture capture = capture(lab(""), CONNECT);
        assertThat(capture.frames().get(1).octets()).isSameAs(capture.frames().get(0).octets());
    }

    @Test
    void takesNoMoreMemoryThanItMay() {
        assertThatThrownBy(() -> Capture.replay(lab(""), SEED, CONNECT, 200))
                .isInstanceOf(CaptureTooLargeException.class)
                .hasMessageContaining("more than 200 octets");
    }

    @Test
    void isAPcapngFileOfWholeBlocks() throws IOException {
        var out = new ByteArrayOutputStream();
        Pcapng.write(capture(lab(""), CONNECT), out);
        ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        var types = new ArrayList<Integer>();
        while (file.hasRemaining()) {
            int at = file.position();
            types.add(file.getInt());
            int length = file.getInt();
            assertThat(length % 4).isZero();
            assertThat(file.getInt(at + length - 4)).as("its length again").isEqualTo(length);
            file.position(at + length);
        }
        assertThat(types).containsExactly(0x0A0D0D0A, 1, 1, 6, 6, 6, 6, 6, 6, 5, 5);
    }
}
