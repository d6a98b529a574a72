package io.socketlab.server.run;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of comparing with a solution.
 *
 * @param perHour how many hand-ins of one account are compared in an hour
 */
@ConfigurationProperties("socketlab.comparison")
record ComparisonProperties(@DefaultValue("10") int perHour) {

    ComparisonProperties {
        if (perHour < 1) {
            throw new IllegalArgumentException("socketlab.comparison.per-hour is below 1");
        }
    }
}
