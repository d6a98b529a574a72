package io.socketlab.server.web;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import tools.jackson.core.StreamReadFeature;

/** Filters that run after it is known who asks. */
@Configuration
@EnableWebSecurity
class WebConfig {

    /** Spring Security's chain has order -100. */
    private static final int AFTER_SECURITY = -50;

    @Bean
    FilterRegistrationBean<RateLimits> rateLimits(RateLimits.Rates rates, Problems problems) {
        var registration = new FilterRegistrationBean<>(new RateLimits(rates, problems));
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }

    /** A body that says a thing twice is refused rather than half believed. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return json -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }
}
