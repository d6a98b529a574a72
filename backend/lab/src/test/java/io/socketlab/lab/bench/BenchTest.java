package io.socketlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.trace.TraceHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {

    private static Plan plan(long n, double loss, boolean trace) {
        return new Plan(n, 1, 0, loss, 7, trace);
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

    /** Descriptors looked at for each request. */
    private static double scanned(Map<String, Object> report, String model, int registered) {
        var models = (Map<?, ?>) report.get("perRequest");
        var sizes = (Map<?, ?>) models.get(model);
        var figures = (Map<?, ?>) sizes.get(String.valueOf(registered));
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
