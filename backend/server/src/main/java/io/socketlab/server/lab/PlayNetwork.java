package io.socketlab.server.lab;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.model.TextFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A network that somebody has put together to play on: a lab without tasks. Its settings are in the
 * spelling of lab.yaml, {@code 20ms}, {@code 10mbit}, {@code 50pkt}, {@code 1%}.
 *
 * @param shape what joins the hosts
 * @param clients how many clients there are, from 1 to {@link #MOST_CLIENTS}
 * @param clientProfile the kernel of the clients, see {@link #PROFILES}
 * @param serverProfile the kernel of the server
 * @param delay one way
 * @param rate of the link to the server; {@code 0} for no limit
 * @param queue how many packets wait before it
 * @param loss how many of them are lost, in percent
 * @param sysctl lines {@code net.ipv4.tcp_sack = 0}, as sysctl.conf has them
 */
public record PlayNetwork(
        Shape shape,
        int clients,
        String clientProfile,
        String serverProfile,
        String delay,
        String rate,
        String queue,
        String loss,
        String sysctl) {

    static final int MOST_CLIENTS = 4;
    static final List<String> PROFILES = List.of("linux", "bsd", "textbook");

    private static final int ID_LENGTH = 12;
    private static final int LONGEST_SYSCTL = 2000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern WORD = Pattern.compile("[0-9a-zA-Z.%]{1,16}");
    private static final Pattern SYSCTL =
            Pattern.compile("\\s*([a-z0-9_.]{1,64})\\s*=\\s*([-0-9a-z_ \t]{1,64}?)\\s*");

    /** What a form has left out is empty, and so is found to be wrong. */
    public PlayNetwork {
        shape = Objects.requireNonNullElse(shape, Shape.LINK);
        clientProfile = word(clientProfile);
        serverProfile = word(serverProfile);
        delay = word(delay);
        rate = word(rate);
        queue = word(queue);
        loss = word(loss);
        sysctl =
                Objects.requireNonNullElse(sysctl, "")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\n"));
    }

    private static String word(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /** What joins the hosts. */
    public enum Shape {
        LINK("A link between each client and the server"),
        LAN("A switch that all are on"),
        ROUTER("A router: clients on a switch, the server behind a slower link");

        private final String words;

        Shape(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static final PlayNetwork USUAL =
            new PlayNetwork(Shape.LINK, 1, "linux", "linux", "20ms", "10mbit", "100pkt", "0%", "");

    /** The settings as they are stored: the same settings are the same text. */
    String text() {
        return JSON.writeValueAsString(this);
    }

    /** What {@link #text} has written. */
    static PlayNetwork parse(String text) {
        return JSON.readValue(text, PlayNetwork.class);
    }

    /** Made of the settings. */
    String id() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The lab that is this network.
     *
     * @param id how the lab is called
     * @throws LabException if a setting is not what it should be
     */
    Lab lab(String id) {
        return LabReader.read(
                new TextFiles(
                        id, Map.of(LabReader.FILE, yaml(id), "statement.en.md", statement(id))));
    }

    private String statement(String id) {
        return """
        %s, %s one way, %s, a queue of %s, %s lost. Nothing is asked here and nothing is graded:
        make calls on any host, let time pass, look at what happens.

        Things to try:

        - a connection: `socket(AF_INET, SOCK_STREAM, 0)`, `bind(3, *:5000)` and `listen(3, 5)` on the
          server, then `connect(3, server:5000)` on a client;
        - much data: `send(3, ..., 100000, 0)`, and the windows under Graphs;
        - a loss: `drop client` loses the next frame of the client, `delay client 50ms` holds it back;
        - shell commands: `ss -tan`, `netstat -s`, `ip route`, `tc qdisc`, `sysctl -w name=value`.

        [The settings of this network](/play/%s) can be changed and handed on.
        """
                .formatted(
                        shape.words(),
                        delay,
                        rate.equals("0") ? "no limit of rate" : rate,
                        queue,
                        loss,
                        id.substring(Labs.PLAY.length()));
    }

    /**
     * What is wrong with the settings, in sentences for the person who has made them; empty if
     * nothing is.
     */
    List<String> problems() {
        var found = new ArrayList<String>();
        if (clients < 1 || clients > MOST_CLIENTS) {
            found.add("Clients: expected 1 to " + MOST_CLIENTS + ".");
        }
        if (!PROFILES.contains(clientProfile) || !PROFILES.contains(serverProfile)) {
            found.add("Kernel: expected one of " + String.join(", ", PROFILES) + ".");
        }
        check(found, "Delay", delay, "a time, as in 20ms");
        check(found, "Rate", rate, "a rate, as in 10mbit, or 0 for no limit");
        check(found, "Queue", queue, "a number of packets, as in 100pkt");
        check(found, "Loss", loss, "a share, as in 1%");
        if (sysctl.length() > LONGEST_SYSCTL) {
            found.add("sysctl: expected at most " + LONGEST_SYSCTL + " characters.");
            return found;
        }
        for (String line : sysctlLines()) {
            if (!SYSCTL.matcher(line).matches()) {
                found.add("sysctl: expected name = value, not \"" + line + "\".");
            }
        }
        if (!found.isEmpty()) return found;
        try {
            lab("play-check");
        } catch (LabException e) {
            // its places are those of a text that the person has not seen
            e.problems().forEach(problem -> found.add(sentence(problem.message())));
        }
        return found;
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    private static void check(List<String> found, String name, String value, String expected) {
        if (!WORD.matcher(value).matches()) found.add(name + ": expected " + expected + ".");
    }

    private List<String> sysctlLines() {
        return sysctl.lines().toList();
    }

    private String yaml(String id) {
        return """
        apiVersion: socketlab/v1
        id: %s
        revision: 1
        title: {en: "Free play"}
        level: 1
        minutes: 1
        stack:
          profile: %s
          sysctl: {%s}
          limits: {events: 200000, virtual: 7200s}
        topology:
          hosts:
        %s%s
        student: {modes: [bench], shared: true, faults: [drop, duplicate, delay, reorder, corrupt, cut, link, crash, stall, fail, partial, slow]}
        checks: []
        scoring: {total: 0}
        """
                .formatted(id, clientProfile, sysctls(), hosts(), joins());
    }

    private String sysctls() {
        return sysctlLines().stream()
                .map(SYSCTL::matcher)
                .filter(m -> m.matches())
                .map(m -> m.group(1) + ": \"" + m.group(2) + "\"")
                .collect(Collectors.joining(", "));
    }

    private String hosts() {
        return names()
                + (shape == Shape.ROUTER ? "    router: {forwarding: true}\n" : "")
                + "    server: {profile: "
                + serverProfile
                + "}\n";
    }

    private String names() {
        return IntStream.rangeClosed(1, clients)
                .mapToObj(n -> "    " + client(n) + ": {}\n")
                .collect(Collectors.joining());
    }

    private String client(int n) {
        return clients == 1 ? "client" : "client" + n;
    }

    private String allClients() {
        return IntStream.rangeClosed(1, clients)
                .mapToObj(this::client)
                .collect(Collectors.joining(", "));
    }

    private String joins() {
        String cable =
                "delay: %s, %squeue: %s, loss: %s"
                        .formatted(
                                delay, rate.equals("0") ? "" : "rate: " + rate + ", ", queue, loss);
        return switch (shape) {
            case LINK ->
                    "  links:\n"
                            + IntStream.rangeClosed(1, clients)
                                    .mapToObj(n ->
                                            "    - {a: %s, b: server, %s}\n"
                                                    .formatted(client(n), cable))
                                    .collect(Collectors.joining());
            case LAN ->
                    "  lans:\n    lan: {hosts: [%s, server], %s}\n".formatted(allClients(), cable);
            case ROUTER ->
                    """
                      lans:
                        lan: {hosts: [%s, router], rate: 100mbit, delay: 50us, queue: 100pkt}
                      links:
                        - {a: router, b: server, %s}
                    """
                            .formatted(allClients(), cable);
        };
    }
}
