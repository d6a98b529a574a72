package io.socketlab.server.lab;

import io.socketlab.lab.catalogue.LabCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The labs that this server offers. */
@Configuration
class LabConfig {

    private static final Logger LOG = LoggerFactory.getLogger(LabConfig.class);

    @Bean
    LabCatalogue labCatalogue() {
        LabCatalogue labs = LabCatalogue.ofClassPath(LabConfig.class.getClassLoader());
        labs.broken()
                .forEach((name, e) -> LOG.error("lab {} is left out: {}", name, e.getMessage()));
        return labs;
    }
}
