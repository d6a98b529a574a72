package io.socketlab.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server. */
@SpringBootApplication
public class SocketLab {

    public static void main(String[] args) {
        SpringApplication.run(SocketLab.class, args);
    }
}
