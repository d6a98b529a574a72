package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Assertion.Content;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one program has read of what the other has written, octet by octet, however it was cut. */
final class StreamCheck {

    private static final Set<String> SENDS = Set.of("send", "write", "sendto");
    private static final Set<String> RECEIVES = Set.of("recv", "read", "recvfrom");

    private final RunView run;
    private final List<Integer> evidence = new ArrayList<>();

    StreamCheck(RunView run) {
        this.run = run;
    }

    Finding check(Assertion.Stream stream) {
        byte[] sent = sent(stream.from());
        byte[] received = received(stream.to());
        byte[] wanted =
                switch (stream.content()) {
                    case Content.AsSent() -> sent;
                    case Content.Exactly(var text) -> octets(text);
                    case Content.StartsWith(var text) -> octets(text);
                };
        Optional<Long> length = stream.length().map(run::number);
        String expected =
                stream.to()
                        + " reads "
                        + length.map(n -> "exactly " + n + " octets").orElse("all the octets")
                        + " that "
                        + stream.from()
                        + " sent";
        String actual =
                stream.from()
                        + " sent "
                        + sent.length
                        + ", "
                        + stream.to()
                        + " read "
                        + received.length;
        if (sent.length == 0 && received.length == 0 && wanted.length == 0) {
            return Finding.notExercised(expected, stream.from() + " sent nothing");
        }
        boolean prefix = stream.content() instanceof Content.StartsWith;
        byte[] compared =
                prefix && received.length > wanted.length
                        ? Arrays.copyOf(received, wanted.length)
                        : received;
        int same = Arrays.mismatch(wanted, compared);
        boolean lengthFits = length.isEmpty() || length.get() == received.length;
        if (same < 0 && lengthFits) return Finding.pass(evidence, expected, actual);
        boolean different = same >= 0 && same < Math.min(wanted.length, compared.length);
        if (different) actual += "; the first different octet is number " + same;
        int divergence = evidence.isEmpty() ? lastSeq() : evidence.getLast();
        return Finding.fail(0, evidence, divergence, expected, actual)
                .open(!different && compared.length <= wanted.length);
    }

    private int lastSeq() {
        List<TraceEvent> events = run.index().events();
        return events.isEmpty() ? 0 : events.getLast().stamp().seq();
    }

    private byte[] octets(String text) {
        return run.fill(text).getBytes(StandardCharsets.UTF_8);
    }

    /** What the calls of a host took over, as much as they said they did. */
    private byte[] sent(String host) {
        var octets = new ByteArrayOutputStream();
        for (TraceEvent event : run.index().events()) {
            if (!(event instanceof TraceEvent.CallReturned r)
                    || !r.stamp().host().equals(host)
                    || !SENDS.contains(r.name())
                    || r.result() <= 0) {
                continue;
            }
            Optional<TraceEvent.CallEntered> entered = run.index().call(r.call());
            byte[] data = entered.isPresent() ? entered.get().data() : null;
            if (data != null) {
                octets.write(data, 0, (int) Math.min(r.result(), data.length));
                evidence.add(r.stamp().seq());
            }
        }
        return octets.toByteArray();
    }

    private byte[] received(String host) {
        var octets = new ByteArrayOutputStream();
        for (TraceEvent event : run.index().events()) {
            if (!(event instanceof TraceEvent.CallReturned r)
                    || !r.stamp().host().equals(host)
                    || !RECEIVES.contains(r.name())
                    || r.result() <= 0
                    || isPeek(r)) {
                continue;
            }
            byte[] data = r.data();
            if (data != null) {
                octets.writeBytes(data);
                evidence.add(r.stamp().seq());
            }
        }
        return octets.toByteArray();
    }

    private boolean isPeek(TraceEvent.CallReturned r) {
        return run.index().call(r.call()).map(c -> c.text().contains("MSG_PEEK")).orElse(false);
    }
}
