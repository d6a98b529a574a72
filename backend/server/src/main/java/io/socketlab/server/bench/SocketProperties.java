package io.socketlab.server.bench;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The WebSocket of a bench.
 *
 * @param flush events are sent in batches at most this often
 * @param ping how often a connection is asked whether it is still there; one that has not answered
 *     the last two times is closed
 * @param batches how many batches wait for a slow browser before some are left out
 * @param ranges how many ranges a browser may have asked for and not got yet
 * @param message the largest message that is taken from a browser
 * @param malformed the how-manieth malformed message ends the connection
 */
@ConfigurationProperties("socketlab.socket")
record SocketProperties(
        @DefaultValue("20ms") Duration flush,
        @DefaultValue("25s") Duration ping,
        @DefaultValue("64") int batches,
        @DefaultValue("16") int ranges,
        @DefaultValue("16KB") DataSize message,
        @DefaultValue("3") int malformed) {}
