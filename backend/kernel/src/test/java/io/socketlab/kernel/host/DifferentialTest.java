package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random programs on the kernel of this machine and in the simulation, compared call by
 * call: results, errnos, readiness, states of ss(8). It needs Linux, cc, and to be root, for each
 * program has a network namespace of its own; {@code -Pdifferential} runs it.
 */
@EnabledIfSystemProperty(named = "socketlab.differential.programs", matches = "[1-9][0-9]*")
class DifferentialTest {

    private static final int SETTLE_MICROSECONDS = 5_000;

    /** For programs that differ: the machine may have been slow. */
    private static final int LONG_MICROSECONDS = 60_000;

    private static final long MICROSECOND = 1_000;
    private static final Path REPORT = Path.of("target/differential.txt");

    /** Interpreters at a time: they sleep most of the time. */
    private static final int AT_A_TIME = 8;

    /** A difference that is meant, and why. */
    private record Known(String reason, Predicate<Difference> matches) {}

    private static final List<Known> KNOWN =
            List.of(
                    new Known(
                            "not mended: TCP_MAXSEG over loopback is half of a window that follows the"
                                    + " memory of packets",
                            d -> d.real().contains(" TCP_MAXSEG = ")),
                    new Known(
                            "not mended: after connect(2) has failed for want of a way, Linux sends"
                                    + " all datagrams but the first to whom it was asked for",
                            d -> d.has("connect . nowhere = -1 EINVAL")),
                    new Known(
                            "not mended: on Linux what goes over loopback arrives before the call that"
                                    + " sent it goes on, and so wakes others first",
                            d -> d.isAboutOrder()),
                    new Known(
                            "not mended: a packet over loopback takes the memory that it took in the"
                                    + " send buffer",
                            d ->
                                    d.real().contains(" TCP_WINDOW_CLAMP = ")
                                            || d.has("set . SO_(RCV|SND)BUF [0-9]{1,3} = 0")),
                    new Known(
                            "not mended: connect(2) takes again a port of its own that is in"
                                    + " TIME_WAIT",
                            d -> d.simulated().endsWith(" = -1 EADDRNOTAVAIL")),
                    new Known(
                            "not mended: a socket that connects to itself",
                            d -> d.has("connect (.) \\1 = -1 EINPROGRESS")),
                    new Known(
                            "not mended: how long text sent with MSG_MORE is held",
                            d -> d.has("more . [0-9]+ = [1-9].*")));

    /** Where two runs of a program part for the first time. */
    private record Difference(long seed, List<String> before, String real, String simulated) {

        /** Of several files that are ready, epoll_wait has another one first. */
        boolean isAboutOrder() {
            String wait = "wait . 1 = \\[.+]";
            return real.matches(wait) && simulated.matches(wait);
        }

        /** Whether a line before it matches. */
        boolean has(String pattern) {
            return before.stream().anyMatch(line -> line.matches(pattern));
        }

        @Override
        public String toString() {
            return "program "
                    + seed
                    + "\n    "
                    + String.join("\n    ", before)
                    + "\n  real      "
                    + real
                    + "\n  simulated "
                    + simulated;
        }
    }

    @TempDir private Path folder;

    @Test
    void theSameProgramsGiveTheSame() throws IOException, InterruptedException {
        Path interpreter = compile();
        long first = Long.getLong("socketlab.differential.first", 1);
        int programs = Integer.getInteger("socketlab.differential.programs");
        Map<Long, List<String>> all = new LinkedHashMap<>();
        for (long seed = first; seed < first + programs; seed++) {
            all.put(seed, RandomReadiness.of(seed));
        }
        Map<Long, List<String>> suspects = new LinkedHashMap<>();
        for (Difference d : differences(interpreter, all, SETTLE_MICROSECONDS)) {
            suspects.put(d.seed(), all.get(d.seed()));
        }
        List<Difference> found = differences(interpreter, suspects, LONG_MICROSECONDS);
        Map<String, Integer> known = new LinkedHashMap<>();
        List<Difference> unknown = new ArrayList<>();
        for (Difference d : found) {
            Optional<Known> why = KNOWN.stream().filter(k -> k.matches().test(d)).findFirst();
            why.ifPresentOrElse(
                    k -> known.merge(k.reason(), 1, Integer::sum), () -> unknown.add(d));
        }
        List<String> report = new ArrayList<>();
        report.add(programs + " programs from " + first + ", known differences: " + known);
        unknown.forEach(d -> report.add(d.toString()));
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, report);
        assertThat(unknown)
                .as("%d of %d programs differ, see %s", unknown.size(), programs, REPORT)
                .isEmpty();
    }

    private Path compile() throws IOException, InterruptedException {
        Path interpreter = folder.resolve("readiness");
        Path source = Path.of("src/test/resources/readiness/readiness.c");
        new Run("cc", List.of("cc", "-O2", "-o", interpreter.toString(), source.toString()))
                .output();
        return interpreter;
    }

    private List<Difference> differences(
            Path interpreter, Map<Long, List<String>> programs, int settle)
            throws IOException, InterruptedException {
        List<List<Long>> shares = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) shares.add(new ArrayList<>());
        for (long seed : programs.keySet()) shares.get((int) (seed % AT_A_TIME)).add(seed);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            List<String> text = new ArrayList<>();
            for (long seed : shares.get(i)) {
                text.add("case " + seed);
                text.addAll(programs.get(seed));
            }
            Files.write(folder.resolve(i + ".in"), text);
            var command = List.of(interpreter.toString(), Integer.toString(settle));
            runs.add(new Run(Integer.toString(i), command));
        }
        var differences = new ArrayList<Difference>();
        Map<String, String> sysctls = ofThisMachine();
        for (int i = 0; i < AT_A_TIME; i++) {
            List<String> output = runs.get(i).output();
            int at = 0;
            for (long seed : shares.get(i)) {
                int end = at + 1 + programs.get(seed).size();
                compare(seed, output.subList(at + 1, end), settle, sysctls)
                        .ifPresent(differences::add);
                at = end;
            }
        }
        differences.sort(Comparator.comparingLong(Difference::seed));
        return differences;
    }

    /** The limits of buffers are the machine's, in every namespace. */
    private static Map<String, String> ofThisMachine() throws IOException {
        Map<String, String> sysctls = new LinkedHashMap<>();
        for (String name : List.of("rmem_max", "wmem_max")) {
            Path file = Path.of("/proc/sys/net/core", name);
            // the kernel tells the value to the first read only: it has to have room for all of it
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                sysctls.put("net.core." + name, reader.readLine());
            }
        }
        return sysctls;
    }

    private static Optional<Difference> compare(
            long seed, List<String> real, int settle, Map<String, String> sysctls) {
        var program = new ReadinessProgram(settle * MICROSECOND, sysctls);
        for (int i = 0; i < real.size(); i++) {
            String command = real.get(i).substring(0, real.get(i).indexOf(" = "));
            String simulated = command + " = " + program.run(command);
            if (!simulated.equals(real.get(i))) {
                return Optional.of(
                        new Difference(seed, real.subList(0, i), real.get(i), simulated));
            }
        }
        return Optional.empty();
    }

    /** A command that reads {@code NAME.in}, where that is there. */
    private final class Run {

        private final List<String> command;
        private final Path output;
        private final Path errors;
        private final Process process;

        Run(String name, List<String> command) throws IOException {
            this.command = command;
            this.output = folder.resolve(name + ".out");
            this.errors = folder.resolve(name + ".err");
            var builder = new ProcessBuilder(command);
            builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
            Path input = folder.resolve(name + ".in");
            if (Files.exists(input)) builder.redirectInput(input.toFile());
            this.process = builder.start();
        }

        /** What it has printed when it is over, by lines. */
        List<String> output() throws IOException, InterruptedException {
            assertThat(process.waitFor())
                    .as(
                            "%s: %s (needed: Linux, cc, and root for network namespaces and /dev/net/tun)",
                            command, Files.readString(errors))
                    .isZero();
            return Files.readAllLines(output);
        }
    }
}
