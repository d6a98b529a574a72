package io.socketlab.browser;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as it is delivered: its jar, in a process and with a database of its own. */
final class LabServer implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
    private static final int SECONDS_TO_START = 120;

    private final Process process;
    private final Path log;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private LabServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static LabServer start(Path work) throws IOException {
        Path jar = Path.of(System.getProperty("socketlab.jar", "")).toAbsolutePath().normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "There is no " + jar + ": ./mvnw -pl backend/server -am package makes it.");
        }
        Path database = Files.createTempDirectory(work, "database").resolve("socketlab");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                jar.toString(),
                                "--server.port=0",
                                "--spring.datasource.url=jdbc:h2:file:"
                                        + database
                                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0")
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        // also when these tests are stopped half-way
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        LabServer server = new LabServer(process, work.resolve("server.log"));
        // ends with the process, whose output it reads to its end
        Thread.ofPlatform().daemon().name("server's log").start(server::readLog);
        return server;
    }

    String url() {
        try {
            // the port is logged once the server answers
            return "http://localhost:" + port.get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The server did not start, see " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader();
                BufferedWriter file = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.append(line).append('\n').flush();
                Matcher started = STARTED.matcher(line);
                if (started.find()) port.complete(Integer.valueOf(started.group(1)));
            }
            port.completeExceptionally(new IllegalStateException("It ended."));
        } catch (IOException e) {
            port.completeExceptionally(new UncheckedIOException(e));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
