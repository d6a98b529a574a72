package io.socketlab.lab.fault;

import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.link.Fault;
import io.socketlab.kernel.link.LinkChange;
import io.socketlab.kernel.syscall.CallFault;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.script.LineWords;
import io.socketlab.lab.script.ScriptException;
import java.math.BigDecimal;
import java.util.StringJoiner;

/** Does what disturbs a network, and says in a sentence what that means. */
public final class Disturber {

    private final Network network;
    private final Whereabouts packets;

    /**
     * @param packets where the packets of this network are
     */
    public Disturber(Network network, Whereabouts packets) {
        this.network = network;
        this.packets = packets;
    }

    /**
     * Checks that it can be done as things stand.
     *
     * @throws ScriptException if not
     */
    public void checkPossible(LineWords words, Disturbance disturbance) {
        switch (disturbance) {
            case Disturbance.OfPacket(_, int packet, _) ->
                    packets.whyOutOfReach(packet)
                            .ifPresent(why -> {
                                throw words.error(2, "expected a packet on its way; " + why);
                            });
            case Disturbance.Crash(var host) when network.host(host).isDown() ->
                    throw words.error(1, "expected a host that is up; " + host + " is down");
            case Disturbance.Boot(var host) when !network.host(host).isDown() ->
                    throw words.error(1, "expected a host that is down; " + host + " is up");
            default -> {}
        }
    }

    /**
     * Does it.
     *
     * @return what is the case now, in a sentence
     */
    public String disturb(Disturbance disturbance) {
        switch (disturbance) {
            case Disturbance.NextFrame(_, var card, var fault) ->
                    network.host(card.host()).nics().stream()
                            .filter(nic -> nic.device().equals(card.device()))
                            .forEach(nic -> nic.befallNext(fault));
            case Disturbance.OfPacket(_, int packet, var fault) -> {
                boolean at = network.wiring().befall(packet, fault);
                return "Packet "
                        + packet
                        + " "
                        + will(fault)
                        + (at ? "." : ", as soon as it is on a wire.");
            }
            case Disturbance.OfCable(_, var card, var direction, var change) ->
                    network.wiring().change(card.host(), card.device(), direction, change);
            case Disturbance.Crash(var host) -> network.host(host).crash();
            case Disturbance.Boot(var host) -> network.host(host).boot();
            case Disturbance.Stall(var host, long nanos) ->
                    network.host(host).processes().stall(nanos);
            case Disturbance.OfCalls(_, var host, var turns, var fault) ->
                    network.host(host).processes().faults().add(turns, fault);
            case Disturbance.CallsRecover(var host) ->
                    network.host(host).processes().faults().clear();
        }
        return sentence(disturbance);
    }

    private static String sentence(Disturbance disturbance) {
        return switch (disturbance) {
            case Disturbance.NextFrame(_, var card, var fault) ->
                    "The next frame that " + card + " sends " + will(fault) + ".";
            case Disturbance.OfPacket(_, int packet, var fault) ->
                    "Packet " + packet + " " + will(fault) + ".";
            case Disturbance.OfCable(_, var card, var direction, var change) ->
                    "The cable of "
                            + card
                            + change.cut().map(is -> is ? " is cut" : " is whole again").orElse("")
                            + settings(change)
                            + switch (direction) {
                                case OUT -> ", on the way out";
                                case IN -> ", on the way in";
                                case BOTH -> "";
                            }
                            + ".";
            case Disturbance.Crash(var host) ->
                    host + " has lost its power: programs, connections and buffers are gone.";
            case Disturbance.Boot(var host) ->
                    host + " is up again, and knows nothing of before. Its program has just begun.";
            case Disturbance.Stall(var host, long nanos) ->
                    "The programs of " + host + " stand still for " + Value.text(nanos) + ".";
            case Disturbance.OfCalls(_, var host, var turns, var fault) ->
                    which(turns) + " of " + host + " " + what(fault) + ".";
            case Disturbance.CallsRecover(var host) ->
                    "The calls of " + host + " go wrong no more.";
        };
    }

    private static String will(Fault fault) {
        return switch (fault) {
            case Fault.Drop _ -> "is lost";
            case Fault.Duplicate _ -> "comes twice";
            case Fault.Delay(long nanos) -> "is " + Value.text(nanos) + " late";
            case Fault.Reorder(int behind) ->
                    "comes behind the next" + (behind == 1 ? "" : " " + behind);
            case Fault.Corrupt _ -> "has a wrong bit";
        };
    }

    private static String settings(LinkChange change) {
        var text = new StringJoiner(", ");
        change.loss().ifPresent(p -> text.add("loses " + percent(p) + " of all packets"));
        change.delay().ifPresent(nanos -> text.add("takes " + Value.text(nanos) + " one way"));
        change.jitter().ifPresent(nanos -> text.add("up to " + Value.text(nanos) + " more"));
        change.rate().ifPresent(bits -> text.add("carries " + bits + " bit/s"));
        change.queue().ifPresent(n -> text.add("lets " + n + " packets wait"));
        return text.length() == 0 ? "" : " " + text;
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).scaleByPowerOfTen(2).stripTrailingZeros().toPlainString()
                + "%";
    }

    private static String which(CallFault.Turns turns) {
        String call = turns.call() + "()";
        if (turns.every() == 1) {
            return turns.first() == 1
                    ? "Every " + call
                    : "Every " + call + " after the next " + (turns.first() - 1);
        }
        String first = turns.first() == 1 ? "The next " + call : call + " number " + turns.first();
        return turns.every() == 0
                ? first
                : first + " and every one " + turns.every() + " calls later";
    }

    private static String what(CallFault fault) {
        return switch (fault) {
            case CallFault.Fail(var errno) -> "fails with " + errno;
            case CallFault.Partial(int octets) -> "moves " + octets + " octets at most";
            case CallFault.Slow(long nanos) -> "begins " + Value.text(nanos) + " late";
        };
    }
}
