package io.socketlab.server.lab;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.LabException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The labs that this server offers. */
@Configuration
class LabConfig {

    private static final Logger LOG = LoggerFactory.getLogger(LabConfig.class);

    /**
     * Those that it comes with, and those of a folder.
     *
     * @param folder of folders of labs, as a checkout has them; empty for none
     * @throws IllegalStateException if there is no such folder
     */
    @Bean
    LabCatalogue labCatalogue(@Value("${socketlab.labs.folder:}") String folder) {
        LabCatalogue own = LabCatalogue.ofClassPath(LabConfig.class.getClassLoader());
        LabCatalogue labs = folder.isBlank() ? own : own.and(existing(folder.strip()));
        labs.broken().forEach(LabConfig::leftOut);
        return labs;
    }

    private static Path existing(String folder) {
        Path path = Path.of(folder).toAbsolutePath().normalize();
        if (Files.isDirectory(path)) return path;
        throw new IllegalStateException(
                "socketlab.labs.folder is " + path + ", which is not a folder");
    }

    private static void leftOut(String name, LabException e) {
        LOG.error("lab {} is left out, for {} mistakes in it:", name, e.problems().size());
        e.problems().forEach(problem -> LOG.error("  {}", problem));
    }
}
