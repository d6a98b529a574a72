package io.socketlab.lab.run;

import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.link.Fault;
import io.socketlab.kernel.link.Nic;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The wires of a network, on which faults may befall frames.
 *
 * @param devices the network cards of each host, in their order
 * @param faults what may be done to frames on them: {@code drop}, {@code delay}
 */
record Wires(Map<String, List<String>> devices, List<String> faults) {

    /** Where nothing may befall a frame. */
    static final Wires UNTOUCHED = new Wires(Map.of(), List.of());

    static Wires of(NetworkSpec network, List<String> faults) {
        var devices = new LinkedHashMap<String, List<String>>();
        for (HostSpec host : network.hosts()) {
            devices.put(
                    host.name(),
                    IntStream.rangeClosed(0, host.more().size()).mapToObj(i -> "eth" + i).toList());
        }
        return new Wires(devices, faults);
    }

    /**
     * Checks that {@code fault} may befall what is sent there, whoever drives the host.
     *
     * @throws ScriptException if there is no such host or card, or the lab has no such fault
     */
    void check(Source source, Wire wire, Fault fault) {
        List<String> cards = devices.get(wire.host());
        if (cards == null) {
            String problem = "expected a host, found '" + wire.host() + "'";
            throw new ScriptException(
                    source.file(),
                    wire.hostAt(),
                    problem + Spelling.hint(wire.host(), devices.keySet()));
        }
        if (!cards.contains(wire.device())) {
            String problem =
                    "expected a network card of %s, %s, found '%s'"
                            .formatted(wire.host(), String.join(", ", cards), wire.device());
            throw new ScriptException(source.file(), wire.deviceAt(), problem);
        }
        if (!faults.contains(kind(fault))) {
            throw new ScriptException(source.file(), wire.hostAt(), refusal());
        }
    }

    private static String kind(Fault fault) {
        return switch (fault) {
            case Fault.Drop _ -> "drop";
            case Fault.Delay _ -> "delay";
        };
    }

    private String refusal() {
        return faults.isEmpty()
                ? "expected no fault: in this lab frames fare as its links say"
                : "expected one of this lab's faults, " + String.join(", ", faults);
    }

    /** The card whose wire it is, which {@link #check} has found to be there. */
    Nic nic(Network network, Wire wire) {
        int card = Objects.requireNonNull(devices.get(wire.host())).indexOf(wire.device());
        return network.host(wire.host()).nics().get(card);
    }
}
