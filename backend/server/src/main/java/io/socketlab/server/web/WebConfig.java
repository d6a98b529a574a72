package io.socketlab.server.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

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

    /**
     * A body that says a thing twice is refused rather than half believed, and so is a text with a
     * NUL, which PostgreSQL does not store and which means nothing in anything that is handed in.
     */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return json ->
                json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .addModule(new SimpleModule().addDeserializer(String.class, new Text()));
    }

    private static final class Text extends StdScalarDeserializer<String> {

        Text() {
            super(String.class);
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (text != null && text.indexOf('\0') >= 0) {
                throw DatabindException.from(parser, "expected a text without NUL");
            }
            return text;
        }
    }
}
