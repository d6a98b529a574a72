package io.socketlab.lab.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.RunInterface;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.Source;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What Wireshark says of captures of every lab's solutions, and what docs/captures.md says of that.
 */
@Execution(ExecutionMode.CONCURRENT)
class WiresharkTest {

    private static final long SEEDS = 2;

    /** Wireshark's words for text that it has seen before. */
    private static final Set<String> SENT_BEFORE =
            Set.of(
                    "tcp.analysis.retransmission",
                    "tcp.analysis.fast_retransmission",
                    "tcp.analysis.spurious_retransmission",
                    "tcp.analysis.out_of_order");

    private static final String[] FLAGS = {
        "tcp.analysis.retransmission",
        "tcp.analysis.fast_retransmission",
        "tcp.analysis.spurious_retransmission",
        "tcp.analysis.out_of_order",
        "tcp.analysis.duplicate_ack",
        "tcp.analysis.zero_window",
        "tcp.analysis.window_update",
        "tcp.analysis.window_full",
        "tcp.analysis.keep_alive"
    };

    private static final Set<Rule> PROBES =
            Set.of(Rule.RFC9293_KEEP_ALIVE, Rule.RFC9293_WINDOW_PROBE);
    private static final Set<Rule> REPEATED_BECAUSE_OF_ACKS =
            Set.of(Rule.RFC5681_FAST_RETRANSMIT, Rule.RFC6582_PARTIAL_ACK);

    /** What makes a kernel acknowledge the same octet again. */
    private static final Set<Rule> ACKS_AGAIN =
            Set.of(
                    Rule.RFC5681_ACK_OUT_OF_ORDER,
                    Rule.RFC9293_ACK_UNACCEPTABLE,
                    Rule.RFC5961_CHALLENGE_SYN,
                    Rule.RFC7323_PAWS);

    /** The last is of a simultaneous open, whose first window was not scaled. */
    private static final Set<Rule> OFFERS_ANOTHER_WINDOW =
            Set.of(Rule.RFC9293_WINDOW_UPDATE, Rule.RFC5681_ACK_OUT_OF_ORDER, Rule.LINUX_QUICK_ACK);

    private final LabCatalogue labs = LabCatalogue.ofClassPath(getClass().getClassLoader());

    @TempDir private Path folder;

    @BeforeEach
    void tsharkIsThere() {
        Tshark.assumeInstalled();
    }

    private static List<Capture> captures(Lab lab, long seed) {
        return lab.solutions().stream()
                .map(path -> capture(lab.withAnswers(), seed, path))
                .toList();
    }

    private static Capture capture(Lab lab, long seed, String solution) {
        FrameLog frames = FrameLog.unlimited();
        LabRun run = LabRun.captured(lab, seed, frames);
        ScriptRunner.run(run, Source.of(solution, lab.files().read(solution).orElseThrow()));
        return Capture.of(run, frames);
    }

    /** Sections may follow each other in one file. */
    private Path file(List<Capture> captures) throws IOException {
        Path file = Files.createTempFile(folder, "run", ".pcapng");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Capture capture : captures) Pcapng.write(capture, out);
        }
        return file;
    }

    @Test
    void noFrameOfAnySolutionIsMalformedOrHasABadChecksumAndEachHasItsComment() throws IOException {
        var all = new ArrayList<Capture>();
        for (Lab lab : labs.all()) {
            for (long seed = 1; seed <= SEEDS; seed++) all.addAll(captures(lab, seed));
        }
        Path file = file(all);
        int frames = all.stream().mapToInt(capture -> capture.frames().size()).sum();
        assertThat(Tshark.rows(file, "frame.comment contains \"event\"", "frame.number"))
                .hasSize(frames);
        String bad =
                "(_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0"
                        + " or udp.checksum.status == 0 or icmp.checksum.status == 0)";
        String changed = "frame.comment contains \"changed on the way\"";
        assertThat(Tshark.rows(file, bad + " and not " + changed, "frame.number", "frame.comment"))
                .isEmpty();
        assertThat(Tshark.rows(file, bad + " and " + changed, "frame.number"))
                .as("what links have changed is seen: u2 has such")
                .isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> itsAnalysisOfASenderAgreesWithTheTrace() {
        return labs.all().stream().map(lab -> dynamicTest(lab.id(), () -> compare(lab)));
    }

    private void compare(Lab lab) throws IOException {
        Capture capture = captures(lab, 1).getFirst();
        for (RunInterface card : capture.interfaces()) compare(capture.only(card));
    }

    /** What one card has sent, as Wireshark sees it and as the trace tells it. */
    private void compare(Capture capture) throws IOException {
        Map<Integer, SegmentSent> segments = new HashMap<>();
        capture.events()
                .forEach(event -> {
                    if (event instanceof SegmentSent sent) segments.put(sent.packet(), sent);
                });
        Map<Integer, Set<String>> flags = flags(capture);
        Set<Integer> full = filling(capture, segments);
        flags.forEach((packet, said) -> {
            SegmentSent sent = segments.get(packet);
            if (sent == null) return;
            check(sent, said);
            assertThat(said.contains("tcp.analysis.window_full"))
                    .as("%s: %s", sent, said)
                    .isEqualTo(full.contains(packet));
        });
    }

    /** The packets that go up to the edge of the window that their card has last seen offered. */
    private static Set<Integer> filling(Capture capture, Map<Integer, SegmentSent> segments) {
        Map<String, Integer> shifts = new HashMap<>();
        Map<String, Long> edges = new HashMap<>();
        Set<Integer> full = new HashSet<>();
        for (Frame frame : capture.frames()) {
            SegmentSent sent = segments.get(frame.packet());
            if (sent == null) continue;
            String way = sent.src() + " " + sent.dst();
            String back = sent.dst() + " " + sent.src();
            boolean syn = sent.flags().contains("S");
            if (syn) {
                Matcher scale = WINDOW_SCALE.matcher(sent.options());
                if (scale.find()) shifts.put(way, Integer.parseInt(scale.group(1)));
                else shifts.remove(way);
            }
            boolean scaled = !syn && shifts.containsKey(way) && shifts.containsKey(back);
            long window = (long) sent.window() << (scaled ? shifts.getOrDefault(way, 0) : 0);
            if (sent.relAck() >= 0) edges.put(way, sent.relAck() + window);
            boolean bare = sent.length() == 0 || sent.flags().matches(".*[SFR].*");
            long end = sent.relSeq() + sent.length();
            if (!bare && edges.getOrDefault(back, -1L) == end) full.add(frame.packet());
        }
        return full;
    }

    private static final Pattern WINDOW_SCALE = Pattern.compile("wscale (\\d+)");

    private Map<Integer, Set<String>> flags(Capture capture) throws IOException {
        var fields = new ArrayList<>(List.of("frame.packet_id"));
        fields.addAll(List.of(FLAGS));
        String sent = "tcp and frame.packet_flags_direction == 2";
        Map<Integer, Set<String>> flags = new HashMap<>();
        Path file = file(List.of(capture));
        for (List<String> row : Tshark.rows(file, sent, fields.toArray(String[]::new))) {
            Set<String> said =
                    Stream.of(FLAGS)
                            .filter(flag -> !row.get(fields.indexOf(flag)).isEmpty())
                            .collect(Collectors.toSet());
            flags.put(Integer.decode(row.getFirst()), said);
        }
        return flags;
    }

    private static void check(SegmentSent sent, Set<String> said) {
        Rule rule = sent.stamp().rule();
        // the SYN-ACK of a simultaneous open is new, and carries the SYN again
        boolean again = sent.retransmission() > 0 || rule == Rule.RFC9293_SIMULTANEOUS_OPEN;
        assertThat(said.stream().anyMatch(SENT_BEFORE::contains))
                .as("%s: %s", sent, said)
                .isEqualTo(again);
        // the reset after the last keep-alive names the rule, and is none
        boolean probe = rule != null && PROBES.contains(rule) && !sent.flags().contains("R");
        assertThat(said.contains("tcp.analysis.keep_alive"))
                .as("%s: %s", sent, said)
                .isEqualTo(probe);
        assertThat(said.contains("tcp.analysis.zero_window"))
                .as("%s: %s", sent, said)
                .isEqualTo(sent.window() == 0 && !sent.flags().matches(".*[SFR].*"));
        if (said.contains("tcp.analysis.fast_retransmission")) {
            assertThat(rule).as("%s", sent).isIn(REPEATED_BECAUSE_OF_ACKS);
        }
        if (said.contains("tcp.analysis.duplicate_ack")) {
            assertThat(rule).as("%s", sent).isIn(ACKS_AGAIN);
        }
        if (said.contains("tcp.analysis.window_update")) {
            assertThat(rule).as("%s", sent).isIn(OFFERS_ANOTHER_WINDOW);
        }
    }
}
