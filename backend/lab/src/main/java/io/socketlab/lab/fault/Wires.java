package io.socketlab.lab.fault;

import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.fault.Disturbance.Card;
import io.socketlab.lab.script.LineWords;
import io.socketlab.lab.script.ScriptException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What there is in a network that can be disturbed, and how it may be.
 *
 * @param devices the network cards of each host, in their order
 * @param faults what may be done, of {@link DisturbanceReader#KINDS}
 */
public record Wires(Map<String, List<String>> devices, List<String> faults) {

    /** Where nothing may be done. */
    public static final Wires UNTOUCHED = new Wires(Map.of(), List.of());

    public static Wires of(NetworkSpec network, List<String> faults) {
        var devices = new LinkedHashMap<String, List<String>>();
        for (HostSpec host : network.hosts()) {
            devices.put(
                    host.name(),
                    IntStream.rangeClosed(0, host.more().size()).mapToObj(i -> "eth" + i).toList());
        }
        return new Wires(devices, faults);
    }

    /**
     * Checks that a disturbance may be had, as far as that does not depend on how things stand.
     *
     * @throws ScriptException if there is no such host or card, or the lab has no such fault
     */
    public void check(LineWords words, Disturbance disturbance) {
        disturbance.namedHost().ifPresent(host -> checkHost(words, host));
        if (disturbance instanceof Disturbance.NextFrame(_, var card, _)) checkCard(words, card);
        if (disturbance instanceof Disturbance.OfCable(_, var card, _, _)) checkCard(words, card);
        if (faults.contains(disturbance.kind())) return;
        throw words.error(
                1,
                faults.isEmpty()
                        ? "expected no fault: in this lab frames fare as its links say"
                        : "expected one of this lab's faults, " + String.join(", ", faults));
    }

    private void checkHost(LineWords words, String host) {
        if (devices.containsKey(host)) return;
        String hint = Spelling.hint(host, devices.keySet());
        throw words.error(1, "expected a host, found '" + host + "'" + hint);
    }

    private void checkCard(LineWords words, Card card) {
        List<String> cards = Optional.ofNullable(devices.get(card.host())).orElseThrow();
        if (cards.contains(card.device())) return;
        throw words.error(
                2,
                "expected a network card of %s, %s, found '%s'"
                        .formatted(card.host(), String.join(", ", cards), card.device()));
    }
}
