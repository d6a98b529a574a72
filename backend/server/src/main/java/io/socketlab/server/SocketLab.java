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

    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        boolean help = words.contains("--help") || words.contains("-h");
        boolean verb = !words.isEmpty() && !words.getFirst().startsWith("--");
        if (help || verb && !words.getFirst().equals(SERVE)) {
            System.exit(new Cli().run(args, System.out, System.err));
        }
        String[] options = verb ? words.subList(1, words.size()).toArray(String[]::new) : args;
        SpringApplication.run(SocketLab.class, options);
    }
}
