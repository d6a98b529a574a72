package io.socketlab.lab.run;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.model.TextFiles;
import io.socketlab.lab.script.ScriptException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A run that chance has made: a network, and lines of calls, commands, time and faults. The same
 * number is the same run.
 */
final class RandomRun {

    private static final int LINES = 40;

    private static final List<String> TOPOLOGIES =
            List.of(
                    """
                      hosts: {a: {}, b: {}}
                      links: [{a: a, b: b, delay: 10ms}]
                    """,
                    """
                      hosts: {a: {cpu: {}}, b: {profile: bsd}}
                      links: [{a: a, b: b, delay: 3ms, rate: 1mbit, queue: 5pkt}]
                    """,
                    """
                      hosts: {a: {}, router: {forwarding: true}, b: {}}
                      links:
                        - {a: a, b: router, delay: 1ms, loss: 5%}
                        - {a: router, b: b, delay: 7ms, rate: 2mbit, mtu: 600, queue: 0pkt}
                    """,
                    """
                      hosts: {a: {}, b: {}, c: {}}
                      lans: {office: {hosts: [a, b, c], rate: 10mbit, delay: 50us, queue: 4pkt}}
                    """,
                    """
                      hosts: {a: {}, b: {}}
                      links: [{a: a, b: b, delay: 5ms, duplicate: 10%, corrupt: 5%, reorder: {probability: 0.2, delay: 9ms}}]
                    """);

    private static final List<String> CALLS =
            List.of(
                    "socket(AF_INET, SOCK_STREAM, 0)",
                    "socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, 0)",
                    "socket(AF_INET, SOCK_DGRAM, 0)",
                    "bind(%d, *:%p)",
                    "listen(%d, 2)",
                    "connect(%d, %h:%p)",
                    "connect(%d, %h:%p)",
                    "accept(%d)",
                    "accept(%d)",
                    "send(%d, ..., 3000, 0)",
                    "send(%d, ..., 60000, MSG_DONTWAIT)",
                    "sendto(%d, ..., 900, 0, %h:%p)",
                    "recv(%d, 1000)",
                    "recv(%d, ..., 100000, MSG_DONTWAIT)",
                    "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, 1)",
                    "setsockopt(%d, SOL_TCP, TCP_NODELAY, 1)",
                    "setsockopt(%d, SOL_SOCKET, SO_KEEPALIVE, 1)",
                    "shutdown(%d, SHUT_WR)",
                    "poll([{fd=%d, events=POLLIN|POLLOUT}], 100)",
                    "close(%d)",
                    "fork()",
                    "getaddrinfo(\"%h\", \"%p\", {ai_socktype=SOCK_STREAM}, ...)");

    private static final List<String> CONTROLS =
            List.of(
                    "step",
                    "step 7",
                    "step call",
                    "run",
                    "run 30ms",
                    "run 2s",
                    "run until %g.state == CLOSE_WAIT",
                    "run until drop",
                    "interrupt %g",
                    "start %g",
                    "%g: ss -tin",
                    "%g: ping -c 2 %h");

    private static final List<String> FAULTS =
            List.of(
                    "drop %g",
                    "duplicate %g",
                    "delay %g 40ms",
                    "reorder %g 2",
                    "corrupt %g 200",
                    "drop packet %n",
                    "duplicate packet %n",
                    "delay packet %n 300ms",
                    "reorder packet %n 1",
                    "corrupt packet %n",
                    "cut %g",
                    "mend %g",
                    "link %g loss 20% delay 15ms",
                    "link %g out rate 500kbit queue 3 jitter 4ms",
                    "link %g rate 0bit queue 0",
                    "crash %g",
                    "boot %g",
                    "stall %g 1s",
                    "fail %g recv EINTR every 2",
                    "partial %g send 100 every 1",
                    "slow %g recv 20ms",
                    "recover %g");

    private final long number;
    private final Chance chance;
    private final Lab lab;
    private final List<String> hosts;

    RandomRun(long number) {
        this.number = number;
        this.chance = new Chance(number).fork("random run");
        String topology = TOPOLOGIES.get(chance.nextInt(TOPOLOGIES.size()));
        this.hosts = topology.contains("c: {}") ? List.of("a", "b", "c") : List.of("a", "b");
        this.lab = lab(topology);
    }

    private static Lab lab(String topology) {
        String yaml =
                """
                apiVersion: socketlab/v1
                id: random
                revision: 1
                title: {en: "Random"}
                level: 1
                minutes: 5
                stack: {profile: linux, limits: {events: 3000, virtual: 600s}}
                topology:
                %sstudent: {modes: [bench], faults: [drop, duplicate, delay, reorder, corrupt, cut, link, crash, stall, fail, partial, slow]}
                checks:
                  - id: any
                    title: {en: "Anything"}
                    points: 1
                    assert: {exists: "a: socket(...)"}
                    feedback: {fail: {en: "Nothing."}}
                scoring: {total: 1}
                """
                        .formatted(topology);
        return LabReader.read(new TextFiles("random", Map.of("lab.yaml", yaml)));
    }

    /** Makes it, and leaves out the lines that are refused. */
    LabRun make() {
        LabRun run = LabRun.start(lab, number);
        for (int i = 0; i < LINES && !run.limitReached(); i++) {
            try {
                run.input(line());
            } catch (ScriptException e) {
                // chance does not know what can be done
            }
        }
        return run;
    }

    /** The same lines in a new world. */
    LabRun again(LabRun run) {
        return LabRun.replay(lab, number, run.inputs());
    }

    private String line() {
        int kind = chance.nextInt(10);
        List<String> from = kind < 6 ? CALLS : kind < 8 ? CONTROLS : FAULTS;
        String host = one(hosts);
        String line = one(from);
        if (kind < 6) line = host + ": " + line;
        return line.replace("%g", host)
                .replace("%h", one(hosts))
                .replace("%d", String.valueOf(3 + chance.nextInt(4)))
                .replace("%p", String.valueOf(5000 + chance.nextInt(2)))
                .replace("%n", String.valueOf(1 + chance.nextInt(30)));
    }

    private String one(List<String> of) {
        return of.get(chance.nextInt(of.size()));
    }

    /** One hash for the traces of all runs from one number to before another. */
    static String hashOf(long from, long to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long n = from; n < to; n++) {
                digest.update(
                        new RandomRun(n).make().traceHash().getBytes(StandardCharsets.US_ASCII));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Prints the hash of the runs from {@code args[0]} to before {@code args[1]}. */
    public static void main(String[] args) {
        System.out.println(hashOf(Long.parseLong(args[0]), Long.parseLong(args[1])));
    }
}
