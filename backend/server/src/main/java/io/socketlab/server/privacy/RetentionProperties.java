package io.socketlab.server.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long is kept what nobody has asked to have deleted.
 *
 * @param guests how long a guest is kept after the last visit
 * @param trials how long a bench on a draft is kept after its last use, and a draft as it was then
 * @param expired how long expired tokens and links are kept
 */
@ConfigurationProperties("socketlab.retention")
record RetentionProperties(
        @DefaultValue("180d") Duration guests,
        @DefaultValue("90d") Duration trials,
        @DefaultValue("30d") Duration expired) {}
