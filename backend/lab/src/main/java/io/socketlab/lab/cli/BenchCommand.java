package io.socketlab.lab.cli;

import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.lab.bench.Bench;
import io.socketlab.lab.bench.Plan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code socketlab bench}. */
@Command(
        name = "bench",
        description = {
            "Measures the simulated kernel: processor time and memory for fixed work, done through"
                    + " system calls, every octet verified. One JSON object goes to standard"
                    + " output.",
            "",
            "bulk: one transfer, --n octets (100000000) at 100 Mbit/s and 20 ms one way.",
            "worlds: --n times (5000) two hosts from nothing, a connection, 10000 octets echoed.",
            "connections: --n (10000) at once, 100 octets echoed over each.",
            "readiness: one request at a time on up to --n connections (50000), for a server with a"
                    + " thread for each, and by select, poll, epoll and kqueue; with the memory"
                    + " that its kernel holds meanwhile.",
            "programs: C programs, in elapsed time: a chat of four processes graded; a program"
                    + " that was not there before started and graded; the chat and each lab's"
                    + " solution in C graded with 64 seeds; --n programs (10000) waiting in"
                    + " recv(2); steps of a run beside two programs that spin."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "64:wrong use", "70:our fault"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchCommand implements Callable<Integer> {

    /** The fixed work. */
    enum Workload {
        BULK(100_000_000, 10),
        WORLDS(5_000, 10),
        CONNECTIONS(10_000, 4),
        READINESS(50_000, 3),
        PROGRAMS(10_000, 2);

        private final long usual;
        private final int warmup;

        Workload(long usual, int warmup) {
            this.usual = usual;
            this.warmup = warmup;
        }

        private Map<String, Object> measure(Plan plan) {
            return switch (this) {
                case BULK -> Bench.bulk(plan);
                case WORLDS -> Bench.worlds(plan);
                case CONNECTIONS -> Bench.connections(plan);
                case READINESS -> Bench.readiness(plan);
                case PROGRAMS -> Bench.programs(plan, Labs.findAll(List.of()));
            };
        }
    }

    /** Whether the kernel emits its trace. */
    enum Tracing {
        ON,
        OFF
    }

    private static final long MOST_CONNECTIONS = 28_000; // net.ipv4.ip_local_port_range has 28232
    private static final long MOST_REGISTERED = 50_000;
    private static final long MOST_PROGRAMS = 20_000;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "WORKLOAD",
            description = "bulk, worlds, connections, readiness or programs")
    private Workload workload;

    @Option(names = "--n", paramLabel = "N", description = "how much; see above")
    private Long n;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "counted rounds, of which the median is told; ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description =
                    "rounds before those, told but not counted; 10, for connections 4, for"
                            + " readiness 3, for programs 2")
    private Integer warmup;

    @Option(
            names = "--loss",
            paramLabel = "P",
            defaultValue = "0",
            description = "of the packets with data, for bulk; ${DEFAULT-VALUE}")
    private double loss;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "of the server, for readiness: its calls, switches, wake-ups, looks and copies"
                            + " then take time; 0: they take none; ${DEFAULT-VALUE}")
    private int cpus;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of every chance; ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--trace",
            paramLabel = "on|off",
            defaultValue = "on",
            description =
                    "on: every event of the kernel is built in full, with cause, rule and values,"
                            + " and the last of them are kept in memory; off: none is;"
                            + " ${DEFAULT-VALUE}")
    private Tracing trace;

    @Override
    public Integer call() {
        Map<String, Object> report = workload.measure(plan());
        spec.commandLine().getOut().println(json(report));
        return 0;
    }

    private Plan plan() {
        long much = n == null ? workload.usual : n;
        require(much >= 1, "--n is " + much + ", at least 1 is needed");
        require(rounds >= 1, "--rounds is " + rounds + ", at least 1 is needed");
        int before = warmup == null ? workload.warmup : warmup;
        require(before >= 0, "--warmup is " + before + ", at least 0 is needed");
        require(loss >= 0 && loss < 1, "--loss is " + loss + ", from 0 to less than 1 is needed");
        require(loss == 0 || workload == Workload.BULK, "--loss is for bulk");
        require(
                cpus >= 0 && cpus <= CpuSettings.MAX_CPUS,
                "--cpus is " + cpus + ", from 0 to " + CpuSettings.MAX_CPUS + " are needed");
        require(cpus == 0 || workload == Workload.READINESS, "--cpus is for readiness");
        require(
                workload != Workload.CONNECTIONS || much <= MOST_CONNECTIONS,
                "--n is " + much + ", at most " + MOST_CONNECTIONS + " connections have ports");
        require(
                workload != Workload.READINESS || much <= MOST_REGISTERED,
                "--n is " + much + ", at most " + MOST_REGISTERED + " descriptors are registered");
        require(
                workload != Workload.PROGRAMS || much <= MOST_PROGRAMS,
                "--n is " + much + ", at most " + MOST_PROGRAMS + " programs wait");
        return new Plan(much, rounds, before, loss, seed, trace == Tracing.ON, cpus);
    }

    private static void require(boolean met, String otherwise) {
        if (!met) throw new UsageException(otherwise);
    }

    private static String json(Map<String, Object> report) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(report);
    }
}
