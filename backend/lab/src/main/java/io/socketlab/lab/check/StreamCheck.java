package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Assertion.Content;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one program has read of what the other has written, octet by octet, however it was cut. */
final class StreamCheck {

    private static final Set<String> SENDS =
            Set.of("send", "write", "sendto", "writev", "sendmsg", "sendmmsg");

    private static final Set<String> RECEIVES =
            Set.of("recv", "read", "recvfrom", "readv", "recvmsg", "recvmmsg");

    private final RunView run;
    private final List<Integer> evidence = new ArrayList<>();

    StreamCheck(RunView run) {
        this.run = run;
    }

    Finding check(Assertion.Stream stream) {
        byte[] sent = sent(stream.from(), stream.to());
        byte[] received = received(stream.to(), stream.from());
        return switch (stream.content()) {
            case Content.AsSent() -> compare(stream, sent, received, sent);
            case Content.Alphabet() -> compare(stream, sent, received, alphabet(stream));
            case Content.Exactly(var text) -> compare(stream, sent, received, octets(text));
            case Content.StartsWith(var text) -> compare(stream, sent, received, octets(text));
            case Content.Sha256(var hex) -> digest(stream, hex, received);
            case Content.Records records -> records(stream, records, received);
        };
    }

    private Finding compare(Assertion.Stream stream, byte[] sent, byte[] received, byte[] wanted) {
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

    private Finding digest(Assertion.Stream stream, String hex, byte[] received) {
        String expected = stream.to() + " reads octets whose SHA-256 is " + run.fill(hex);
        if (received.length == 0) {
            return Finding.notExercised(expected, stream.to() + " has read nothing");
        }
        String actual = sha256(received);
        String told = received.length + " octets, SHA-256 " + actual;
        if (actual.equalsIgnoreCase(run.fill(hex))) return Finding.pass(evidence, expected, told);
        return Finding.missing(0, evidence, evidence.getLast(), expected, told);
    }

    private byte[] alphabet(Assertion.Stream stream) {
        var octets = new byte[stream.length().map(run::number).orElse(0L).intValue()];
        for (int i = 0; i < octets.length; i++) octets[i] = (byte) ('a' + i % 26);
        return octets;
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whole records, each behind its length. */
    private Finding records(Assertion.Stream stream, Content.Records records, byte[] received) {
        Optional<Long> count = records.count().map(run::number);
        String expected =
                stream.to()
                        + " reads "
                        + count.map(n -> n + " whole records").orElse("whole records")
                        + ", each behind its length in "
                        + records.lengthOctets()
                        + " octets";
        if (received.length == 0) {
            return Finding.notExercised(expected, stream.to() + " has read nothing");
        }
        long found = 0;
        int at = 0;
        while (at < received.length) {
            long end = at + records.lengthOctets() + length(received, at, records.lengthOctets());
            if (end > received.length) break;
            at = (int) end;
            found++;
        }
        String actual = found + " whole records";
        if (at < received.length) {
            actual += ", and " + (received.length - at) + " octets of one that is not";
        }
        boolean enough = count.isEmpty() || found >= count.get();
        boolean tooMany = count.isPresent() && found > count.get();
        if (at == received.length && enough && !tooMany) {
            return Finding.pass(evidence, expected, actual);
        }
        double share = count.isEmpty() ? 0 : Math.min(1, (double) found / count.get());
        return Finding.fail(share, evidence, evidence.getLast(), expected, actual).open(!tooMany);
    }

    /** High octets first; more than there can be where the length itself is cut off. */
    private static long length(byte[] octets, int at, int count) {
        if (at + count > octets.length) return Integer.MAX_VALUE;
        long length = 0;
        for (int i = 0; i < count; i++) length = length << 8 | (octets[at + i] & 0xff);
        return length;
    }

    private int lastSeq() {
        List<TraceEvent> events = run.index().events();
        return events.isEmpty() ? 0 : events.getLast().stamp().seq();
    }

    private byte[] octets(String text) {
        return run.fill(text).getBytes(StandardCharsets.UTF_8);
    }

    /** What the calls of a host took over, as much as they said they did. */
    private byte[] sent(String host, String other) {
        var octets = new ByteArrayOutputStream();
        var descriptors = new HashMap<Descriptor, Integer>();
        for (TraceEvent event : run.index().events()) {
            learn(event, host, descriptors);
            if (!(event instanceof TraceEvent.CallReturned r)
                    || !r.stamp().host().equals(host)
                    || !SENDS.contains(r.name())
                    || r.result() <= 0
                    || isOfThird(r, other, descriptors)) {
                continue;
            }
            Optional<TraceEvent.CallEntered> entered = run.index().call(r.call());
            byte[] data = entered.isPresent() ? entered.get().data() : null;
            if (data != null) {
                octets.write(data, 0, (int) Math.min(CallText.taken(r), data.length));
                evidence.add(r.stamp().seq());
            }
        }
        return octets.toByteArray();
    }

    private byte[] received(String host, String other) {
        var octets = new ByteArrayOutputStream();
        var descriptors = new HashMap<Descriptor, Integer>();
        for (TraceEvent event : run.index().events()) {
            learn(event, host, descriptors);
            if (!(event instanceof TraceEvent.CallReturned r)
                    || !r.stamp().host().equals(host)
                    || !RECEIVES.contains(r.name())
                    || r.result() <= 0
                    || leavesThem(r)
                    || isOfThird(r, other, descriptors)) {
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

    /** Whether it only looked at them, or read what came back with an error. */
    private boolean leavesThem(TraceEvent.CallReturned r) {
        return run.index()
                .call(r.call())
                .filter(c -> c.text().contains("MSG_PEEK") || c.text().contains("MSG_ERRQUEUE"))
                .isPresent();
    }

    /** A number that a task has for a file; 0 stands for any task of the host. */
    private record Descriptor(int task, int fd) {}

    private static void learn(TraceEvent event, String host, Map<Descriptor, Integer> sockets) {
        if (!(event instanceof TraceEvent.FdOpened e) || !e.stamp().host().equals(host)) return;
        sockets.put(new Descriptor(e.task(), e.fd()), e.socket());
        sockets.put(new Descriptor(0, e.fd()), e.socket());
    }

    /** Whether a call was about a connection with a host that is neither of the two. */
    private boolean isOfThird(
            TraceEvent.CallReturned call, String other, Map<Descriptor, Integer> sockets) {
        Integer socket = sockets.get(new Descriptor(call.task(), call.fd()));
        if (socket == null) socket = sockets.get(new Descriptor(0, call.fd()));
        if (socket == null) return false;
        return run.index()
                .socket(call.stamp().host(), socket)
                .flatMap(facts -> Optional.ofNullable(facts.remote))
                .flatMap(remote -> run.index().hostOf(remote))
                .filter(host -> !host.equals(other))
                .isPresent();
    }
}
