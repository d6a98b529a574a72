package io.socketlab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.grade.InputLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class CliTest {

    private static final Path LABS = Path.of("../../labs");

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return new Cli().run(args, new PrintStream(out, true), new PrintStream(err, true));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String script(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.pkt"), text).toString();
    }

    private String solution(String lab) throws IOException {
        return script(Files.readString(LABS.resolve(lab + "/solution/plain.pkt")));
    }

    @Test
    void aSolutionIsGradedWithAllPoints() throws IOException {
        String text = solution("c1-handshake");
        assertThat(run("grade", "c1-handshake", "--script", text)).isZero();
        assertThat(out()).contains("\"verdict\" : \"PASS\"").contains("\"trace_hash\"");
        assertThat(err()).isEmpty();
    }

    @Test
    void theSameScriptAndSeedGiveTheSameTrace() throws IOException {
        String text = solution("c1-handshake");
        run("grade", "c1-handshake", "--script", text, "--seed", "7");
        String first = out();
        out.reset();
        run("grade", "c1-handshake", "--script", text, "--seed", "7");
        assertThat(out().lines().filter(l -> l.contains("trace_hash")))
                .containsExactlyElementsOf(
                        first.lines().filter(l -> l.contains("trace_hash")).toList());
    }

    @Test
    void aWrongAnswerExitsWithOneAndJunitTellsIt() throws IOException {
        String text = script("server: socket(AF_INET, SOCK_STREAM, 0) = 3\n");
        assertThat(run("grade", "c1-handshake", "--script", text, "--format", "junit"))
                .isEqualTo(1);
        assertThat(out()).startsWith("<?xml").contains("<failure");
    }

    @Test
    void aBrokenScriptIsToldByFileLineAndColumn() throws IOException {
        String text =
                script("server: socket(AF_INET, SOCK_STREAM, 0) = 3\nserver: lissten(3, 5)\n");
        assertThat(run("grade", "c1-handshake", "--script", text)).isEqualTo(Cli.DATA);
        assertThat(err()).startsWith(text + ":2:9: ").contains("listen");
        assertThat(out())
                .contains("\"gradable\" : false")
                .contains("\"format_errors\" : [ {")
                .contains("\"verdict\" : \"NOT_EXERCISED\"");
    }

    @Test
    void aRecordedLogIsGradedWithTheSeedItWasMadeWith() throws IOException {
        Path log = folder.resolve("run.jsonl");
        var lines =
                List.of(
                        "server: socket(AF_INET, SOCK_STREAM, 0)",
                        "server: bind(3, *:8080)",
                        "server: listen(3, 5)",
                        "client: socket(AF_INET, SOCK_STREAM, 0)",
                        "client: connect(3, server:8080)",
                        "run");
        var origin = new InputLog.Origin("c1-handshake", 2, 7, "socketlab/1");
        Files.writeString(log, InputLog.write(origin, lines));
        run("grade", "c1-handshake", log.toString());
        assertThat(out()).contains("\"seed_id\" : 7").doesNotContain("\"trace_hash\" : \"\"");
        out.reset();
        assertThat(run("grade", "u1-datagrams", log.toString())).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("is of lab c1-handshake, not of u1-datagrams");
        err.reset();
        Files.writeString(
                log, "server: socket(AF_INET, SOCK_STREAM, 0)\n// fine\nserver: lissten(3)\n");
        assertThat(run("grade", "c1-handshake", log.toString())).isEqualTo(Cli.DATA);
        assertThat(err()).startsWith(log + ":3:9: ");
        assertThat(out()).contains("\"gradable\" : false");
    }

    @Test
    void aResultGoesToAFileInAnyFormat() throws IOException {
        String text = solution("c1-handshake");
        for (String format : List.of("json", "junit", "gradescope", "prairielearn", "tap", "csv")) {
            Path file = folder.resolve("result." + format);
            String[] words = {"grade", "c1-handshake", "--script", text, "--format", format};
            assertThat(run(with(words, "--output", file.toString()))).isZero();
            assertThat(file).content().contains("accept()");
        }
        assertThat(out()).isEmpty();
    }

    @Test
    void wrongUseIsToldInOneSentence() throws IOException {
        assertThat(run("grade", "c99", "--script", script(""))).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("There is no lab 'c99'").contains("c1-handshake");
        err.reset();
        assertThat(run("grade", "c1-handshake")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("--script").contains("Try 'socketlab grade --help'.");
        err.reset();
        assertThat(run("grade", "c1-handshake", "--script", folder.resolve("none").toString()))
                .isEqualTo(Cli.USAGE);
        assertThat(err()).contains("cannot be read");
        err.reset();
        assertThat(run("grade", "c1-handshake", "--script", script(""), "--seed", "65"))
                .isEqualTo(Cli.USAGE);
        assertThat(err()).contains("the seeds 1 to 64");
        err.reset();
        assertThat(run("fry")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("'fry'").contains("Try 'socketlab --help'.");
    }

    @Test
    void benchPrintsOneJsonObject() {
        assertThat(run("bench", "worlds", "--n", "2", "--rounds", "1", "--warmup", "0")).isZero();
        assertThat(out()).startsWith("{").contains("\"worldsPerCpuSecond\" : ");
        assertThat(err()).isEmpty();
    }

    @Test
    void benchSaysWhatItCannotDo() {
        assertThat(run("bench", "worlds", "--loss", "0.1")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("--loss is for bulk");
        err.reset();
        assertThat(run("bench", "connections", "--n", "60000")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("at most 28000");
        err.reset();
        assertThat(run("bench", "readiness", "--cpus", "65")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("--cpus is 65, from 0 to 64 are needed");
        err.reset();
        assertThat(run("bench", "bulk", "--cpus", "1")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("--cpus is for readiness");
        err.reset();
        assertThat(run("bench", "readiness", "--n", "50001")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("at most 50000");
        err.reset();
        assertThat(run("bench", "programs", "--n", "20001")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("at most 20000");
        err.reset();
        assertThat(run("bench", "marathon")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("'marathon'").contains("BULK");
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("grade").contains("verify").contains("run").contains("bench");
        out.reset();
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("socketlab/");
    }

    @Test
    void runPrintsTheCallsAndWritesTheTrace() throws IOException {
        Path trace = folder.resolve("trace.jsonl");
        String text = solution("c1-handshake");
        assertThat(run("run", "c1-handshake", "--script", text, "--trace", trace.toString()))
                .isZero();
        assertThat(out()).contains("server.1: listen(3, 5) = 0");
        assertThat(Files.readAllLines(trace))
                .anyMatch(line -> line.contains("\"type\":\"SegmentSent\""));
    }

    @Test
    void runWritesACaptureOfTheWholeRunOrOfOneCardAndTheCalls() throws IOException {
        Path whole = folder.resolve("whole.pcapng");
        Path one = folder.resolve("one.pcapng");
        Path calls = folder.resolve("calls.txt");
        String text = solution("c1-handshake");
        String[] run = {"run", "c1-handshake", "--script", text, "--pcapng"};
        assertThat(run(with(run, whole.toString(), "--strace", calls.toString()))).isZero();
        assertThat(run(with(run, one.toString(), "--interface", "client"))).isZero();
        assertThat(Files.readAllBytes(whole)).startsWith(0x0A, 0x0D, 0x0D, 0x0A);
        assertThat(Files.size(one)).isBetween(200L, Files.size(whole) - 200);
        assertThat(calls).content().contains("# client\n").contains(" accept(3, ");
        assertThat(run(with(run, one.toString(), "--interface", "nobody"))).isEqualTo(64);
        assertThat(err()).contains("--interface is nobody; there is client.eth0, server.eth0");
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void verifyProvesALabAndSaysWhatIsWrongWithAnother() throws IOException {
        assertThat(run("verify", LABS.resolve("u1-datagrams").toString(), "--seeds", "2")).isZero();
        assertThat(out()).startsWith("PROVEN u1-datagrams: 24 runs of 2 seeds");
        out.reset();
        Path copy = folder.resolve("u1-datagrams");
        copy(LABS.resolve("u1-datagrams"), copy);
        Files.writeString(copy.resolve("solution/plain.pkt"), "// nothing\n");
        assertThat(run("verify", copy.toString(), "--seeds", "2")).isEqualTo(1);
        assertThat(out()).contains("solution/plain.pkt: the check bound is FAIL (for 2 seeds)");
    }

    @Test
    void aBrokenLabIsToldByFileLineAndColumn() throws IOException {
        Path copy = folder.resolve("u1-datagrams");
        copy(LABS.resolve("u1-datagrams"), copy);
        Path lab = copy.resolve("lab.yaml");
        Files.writeString(lab, Files.readString(lab).replace("topology:", "toplogy:"));
        assertThat(run("verify", copy.toString())).isEqualTo(Cli.DATA);
        assertThat(err()).containsPattern("lab\\.yaml:[0-9]+:[0-9]+: ").contains("topology");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
    }
}
