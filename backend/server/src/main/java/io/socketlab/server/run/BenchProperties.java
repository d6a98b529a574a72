package io.socketlab.server.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the benches.
 *
 * @param idle after this time without use a bench leaves memory; it comes back by replay
 * @param live how many benches are in memory at most; the one not used for longest leaves
 * @param maxInputs how many lines a run's log may have, so that replaying it stays quick
 * @param maxLine how many characters a line may have
 */
@ConfigurationProperties("socketlab.bench")
public record BenchProperties(
        @DefaultValue("10m") Duration idle,
        @DefaultValue("500") int live,
        @DefaultValue("10000") int maxInputs,
        @DefaultValue("4000") int maxLine) {

    /** What the database has room for. */
    private static final int LONGEST_LINE = 4096;

    public BenchProperties {
        if (live < 1) throw new IllegalArgumentException("socketlab.bench.live is below 1");
        if (maxLine > LONGEST_LINE) {
            throw new IllegalArgumentException("socketlab.bench.max-line is above " + LONGEST_LINE);
        }
    }
}
