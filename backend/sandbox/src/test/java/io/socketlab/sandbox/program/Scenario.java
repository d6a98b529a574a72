package io.socketlab.sandbox.program;

import io.socketlab.kernel.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs and prints what came of it: {@code Scenario server:echo_server:7777:1 client:…}.
 */
final class Scenario {

    private Scenario() {}

    public static void main(String[] args) {
        try (var net = new ProgramNetwork()) {
            for (String arg : args) {
                List<String> words = new ArrayList<>(List.of(arg.split(":")));
                String where = words.removeFirst();
                String name = words.removeFirst();
                net.start(where, name, words.toArray(String[]::new));
            }
            long begin = System.nanoTime();
            net.run(60);
            for (TraceEvent event : net.events) {
                if (System.getenv("CALLS") != null && event instanceof TraceEvent.CallReturned r) {
                    System.out.println(
                            r.stamp().at() / 1e9 + " " + r.stamp().host() + ": " + r.text());
                }
            }
            for (var host : net.network.hosts()) {
                for (var task : host.tasks()) {
                    String text = net.output(host.name(), task);
                    if (!text.isEmpty())
                        System.out.println("--- " + host.name() + " " + task.pid() + "\n" + text);
                }
            }
            System.out.println("standing: " + net.programs.standing() + " deaths " + net.deaths);
            System.out.printf(
                    "%d events, %.1f ms, virtual %.3f s%n",
                    net.events.size(),
                    (System.nanoTime() - begin) / 1e6,
                    net.network.loop().now() / 1e9);
        }
    }
}
