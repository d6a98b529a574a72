package io.socketlab.server;

import io.socketlab.lab.cli.Cli;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The program: the server, or one of the command line's verbs, which start without Spring. Without
 * a verb, and with nothing but {@code --options}, it is the server.
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
@EnableScheduling
public class SocketLab {

    private static final String SERVE = "serve";

    /** More than requests that load classes of the same jar at the same moment. */
    private static final int CARRIERS = 16;

    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        boolean help = words.contains("--help") || words.contains("-h");
        boolean verb = !words.isEmpty() && !words.getFirst().startsWith("--");
        if (help || verb && !words.getFirst().equals(SERVE)) {
            System.exit(new Cli().run(args, System.out, System.err));
        }
        manyCarriers();
        String[] options = verb ? words.subList(1, words.size()).toArray(String[]::new) : args;
        SpringApplication.run(SocketLab.class, options);
    }

    /**
     * A virtual thread that waits for a lock while it loads a class keeps its carrier, and who
     * holds the lock may have none: with as many carriers as two processors make, two such threads
     * stop the server for ever. It is read when the first virtual thread is made.
     */
    private static void manyCarriers() {
        String carriers = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(carriers) != null) return;
        int processors = Runtime.getRuntime().availableProcessors();
        System.setProperty(carriers, Integer.toString(Math.max(CARRIERS, processors)));
    }
}
