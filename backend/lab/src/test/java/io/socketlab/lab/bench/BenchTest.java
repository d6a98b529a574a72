package io.socketlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.trace.TraceHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("measures the heap of the whole JVM")
class BenchTest {

    private static Plan plan(long n, double loss, boolean trace) {
        return new Plan(n, 1, 0, loss, 7, trace, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01})
    void bulkCountsTheFramesOfOneTransfer(double loss) {
        Map<String, Object> report = Bench.bulk(plan(3_000_000, loss, true));
        // 2072 segments of 1448 octets, an acknowledgement for one or two of them
        assertThat((long) report.get("frames")).isBetween(3_100L, 4_300L);
        assertThat((double) report.get("framesPerCpuSecond")).isPositive();
        assertThat((long) report.get("events")).isGreaterThan(10_000);
    }

    @Test
    void aBulkTransferFillsTheLinkAndLosesNothingOfItself() {
        var drops = new int[1];
        var run =
                new BulkRun(
                        7,
                        20_000_000,
                        0,
                        event -> drops[0] += event instanceof TraceEvent.PacketDropped ? 1 : 0);
        run.run();
        assertThat(drops[0]).isZero();
        assertThat(20_000_000 * 8 / (run.virtualNanos() / 1e9)).isGreaterThan(50e6);
    }

    @Test
    void tracingChangesNothing() {
        var traced = new BulkRun(7, 1_000_000, 0.01, _ -> {});
        var untraced = new BulkRun(7, 1_000_000, 0.01, null);
        assertThat(traced.run()).isEqualTo(untraced.run());
        assertThat(traced.virtualNanos()).isEqualTo(untraced.virtualNanos());
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        assertThat(hash(7)).isEqualTo(hash(7)).isNotEqualTo(hash(8));
    }

    private static String hash(long seed) {
        List<TraceEvent> events = new ArrayList<>();
        new BulkRun(seed, 500_000, 0.01, events::add).run();
        return new TraceHash().of(events);
    }

    @Test
    void aWorldTakesTheFramesOfItsExchange() {
        Map<String, Object> report = Bench.worlds(plan(3, 0, true));
        assertThat((double) report.get("framesPerWorld")).isBetween(20.0, 30.0);
        assertThat((double) report.get("worldsPerCpuSecond")).isPositive();
    }

    @Test
    void connectionsAreAllOpenAtOnceAndTakeTenFramesEach() {
        Map<String, Object> report = Bench.connections(plan(1_500, 0, false));
        assertThat((double) report.get("framesPerConnection")).isBetween(9.0, 11.0);
        assertThat(report.get("cpuPerConnection"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("1000", "1500");
        assertThat((double) report.get("heapBytesPerConnection")).isBetween(500.0, 10_000.0);
    }

    @Test
    void whatIsLookedAtGrowsWithWhatIsRegisteredOnlyForSelectAndPoll() {
        Map<String, Object> report = Bench.readiness(plan(100, 0, false));
        assertThat(scanned(report, "threads", 100)).isZero();
        assertThat(scanned(report, "select", 10)).isEqualTo(2 * 10);
        assertThat(scanned(report, "select", 100)).isEqualTo(2 * 100);
        assertThat(scanned(report, "poll", 100)).isEqualTo(2 * 100);
        for (String model : List.of("epoll", "kqueue")) {
            assertThat(scanned(report, model, 10)).isEqualTo(2);
            assertThat(scanned(report, model, 100)).isEqualTo(2);
        }
    }

    /** Sizes of Linux 6.18's BTF and slabs on x86-64; FreeBSD 14's sys/event.h for knotes. */
    @Test
    void eachWayToWaitTakesMemoryOfItsKernelOfAnotherKind() {
        Map<String, Object> report = Bench.readiness(plan(1_000, 0, false));
        var table = 56 + 1024 * 8 + 2 * 1024 / 8 + 8;
        // one task accepts; 1000 connections and what they were accepted from
        assertThat(memory(report, "threads"))
                .containsExactly(1001 * 16_384L, 1001 * 192L + table, 0L, 0L);
        // six sets of 1004 bits, and 991 entries in wait queues, 63 a page; nine on the stack
        assertThat(memory(report, "select"))
                .containsExactly(2 * 16_384L, 1001 * 192L + table, 0L, 6 * 128L + 16 * 4096L);
        // 970 pollfds in two pieces, beside thirty on the stack
        assertThat(memory(report, "poll"))
                .containsExactly(
                        2 * 16_384L, 1001 * 192L + table, 0L, 970 * 8L + 2 * 16L + 16 * 4096L);
        assertThat(memory(report, "epoll"))
                .containsExactly(2 * 16_384L, 1002 * 192L + table, 1000 * (128L + 64), 0L);
        assertThat(memory(report, "kqueue"))
                .containsExactly(2 * 16_384L, 1002 * 192L + table, 1000 * 160L, 0L);
    }

    private static List<Long> memory(Map<String, Object> report, String model) {
        var figures = figures(report, model, 1_000);
        return Stream.of("kernelStackBytes", "openFileBytes", "registrationBytes", "pollTableBytes")
                .map(column -> (Long) figures.get(column))
                .toList();
    }

    @Test
    void onCpusThatTakeTimeARequestCostsWhatItsLooksAndSwitchesDo() {
        Map<String, Object> report = Bench.readiness(new Plan(100, 1, 0, 0, 7, false, 2));
        double poll = (double) figures(report, "poll", 100).get("cpu");
        double epoll = (double) figures(report, "epoll", 100).get("cpu");
        // 20 ns for each of the 198 descriptors more that poll looks at, and its larger copies
        assertThat(poll - epoll).isBetween(198 * 20.0, 198 * 20.0 + 200);
        assertThat(figures(Bench.readiness(plan(100, 0, false)), "poll", 100).get("cpu"))
                .isEqualTo(0.0);
    }

    /** What is measured is checked as it is measured: that all pass, wait, and go on. */
    @Test
    void programsAreGradedEditedLeftWaitingAndRunBesideOthersThatSpin() {
        Map<String, Object> report = Bench.programs(plan(6, 0, true), List.of());

        part(report, "chat").containsEntry("times", 6).containsKey("milliseconds");
        part(report, "edited").containsOnlyKeys("started", "graded");
        part(report, "seeds").containsOnlyKeys("chat");
        part(report, "probed").containsOnlyKeys("chat");
        part(report, "waiting").containsEntry("programs", 6);
        part(report, "spinning").containsOnlyKeys("alone", "besideSpinning");
        // a page of memory for each at least, and not the sixteen megabytes that it might have
        Object each = ((Map<?, ?>) report.get("waiting")).get("heapBytesPerProgram");
        assertThat((double) each).isBetween(65_536.0, 2e6);
    }

    private static MapAssert<String, Object> part(Map<String, Object> report, String key) {
        return assertThat(report.get(key))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class));
    }

    private static Map<?, ?> figures(Map<String, Object> report, String model, int registered) {
        var models = (Map<?, ?>) report.get("perRequest");
        var sizes = (Map<?, ?>) models.get(model);
        return (Map<?, ?>) sizes.get(String.valueOf(registered));
    }

    /** Descriptors looked at for each request. */
    private static double scanned(Map<String, Object> report, String model, int registered) {
        Map<?, ?> figures = figures(report, model, registered);
        assertThat((double) figures.get("cpuMicroseconds")).isPositive();
        assertThat((double) figures.get("wakeUps")).isEqualTo(1);
        return (double) figures.get("scanned");
    }

    @Test
    void anOctetOutOfPlaceIsFound() {
        var payload = new Payload(1, 1_000);
        byte[] piece = payload.piece(65_000, 1_000);
        payload.verify(65_000, piece);
        assertThatThrownBy(() -> payload.verify(64_999, piece)).hasMessageContaining("octet ");
        piece[999]++;
        assertThatThrownBy(() -> payload.verify(65_000, piece)).hasMessageContaining("65999");
    }

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(
                        List.of(
                                Numbers.median(new double[] {9, 1, 5}),
                                Numbers.median(new double[] {4, 2})))
                .containsExactly(5.0, 3.0);
        assertThat(Numbers.rounded(81_363.4, 4)).isEqualTo(81_360);
        assertThat(Numbers.rounded(0.000139012, 4)).isEqualTo(0.000139);
    }
}
