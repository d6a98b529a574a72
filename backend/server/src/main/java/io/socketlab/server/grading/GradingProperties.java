package io.socketlab.server.grading;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How grading goes on.
 *
 * @param lanes how many jobs are graded at once, and how many of one account; 0 for as many as
 *     there are processors
 * @param turn how long a lane goes on before another's turn
 * @param timeout how long a job may take
 * @param tries how often a job is begun, if the server dies of it
 * @param queue how many jobs of one account may wait
 * @param poll how often the schedule is looked at
 * @param heartbeat how often a lane says that it lives; after four without one it is taken for dead
 */
@ConfigurationProperties("socketlab.grading")
record GradingProperties(
        @DefaultValue("0") int lanes,
        @DefaultValue("250ms") Duration turn,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("3") int tries,
        @DefaultValue("5000") int queue,
        @DefaultValue("100ms") Duration poll,
        @DefaultValue("2s") Duration heartbeat) {

    GradingProperties {
        if (lanes < 0) throw new IllegalArgumentException("socketlab.grading.lanes is below 0");
        if (tries < 1) throw new IllegalArgumentException("socketlab.grading.tries is below 1");
        if (lanes == 0) lanes = Runtime.getRuntime().availableProcessors();
    }
}
