package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The server in a process of its own, which can be killed, with its database in a folder. */
public final class ServerProcess {

    public static final Duration START = Duration.ofSeconds(90);

    private final Path folder;
    private final Process process;
    private final int port;

    private ServerProcess(Path folder, List<String> javaOptions, List<String> options)
            throws IOException {
        this.folder = folder;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(SocketLab.class.getName());
        command.add("serve");
        command.add("--server.port=" + port);
        command.addAll(options);
        process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("server.log").toFile()))
                        .start();
    }

    /** Starts one that lives for seconds, and waits until it answers. */
    public static ServerProcess start(Path folder, String... options) throws IOException {
        var quick = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        return await(new ServerProcess(folder, quick, List.of(options)));
    }

    /** Starts one as Java starts it by default, to be measured, and waits until it answers. */
    public static ServerProcess startToMeasure(Path folder, String... options) throws IOException {
        return await(new ServerProcess(folder, List.of(), List.of(options)));
    }

    private static ServerProcess await(ServerProcess server) {
        var visitor = new Visitor(server.port);
        Awaitility.await()
                .atMost(START)
                .ignoreExceptions()
                .failFast(() -> assertThat(server.process.isAlive()).as(server::log).isTrue())
                .until(() -> visitor.get("/actuator/health").statusCode() == 200);
        return server;
    }

    public int port() {
        return port;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
