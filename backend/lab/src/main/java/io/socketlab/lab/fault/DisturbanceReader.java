package io.socketlab.lab.fault;

import io.socketlab.kernel.link.Fault;
import io.socketlab.kernel.link.LinkChange;
import io.socketlab.kernel.link.Wiring.Direction;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.CallFault;
import io.socketlab.lab.expr.Rate;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.fault.Disturbance.Card;
import io.socketlab.lab.script.CallCatalogue;
import io.socketlab.lab.script.Faults;
import io.socketlab.lab.script.LineWords;
import io.socketlab.lab.script.ScriptException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a line that disturbs a network: {@code drop client}, {@code link client loss 10%}. */
public final class DisturbanceReader {

    /** What a lab can allow of, each with what it is. */
    public static final List<String> KINDS =
            List.of(
                    "drop",
                    "duplicate",
                    "delay",
                    "reorder",
                    "corrupt",
                    "cut",
                    "link",
                    "crash",
                    "stall",
                    "fail",
                    "partial",
                    "slow");

    private static final Pattern HOST = Pattern.compile("[A-Za-z_]\\w*(?:-\\w+)*");
    private static final Pattern DEVICE = Pattern.compile("eth[0-9]{1,3}");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)%");

    private static final long LONGEST = 24L * 3600 * 1_000_000_000;
    private static final int MAX_PACKET = 999_999_999;
    private static final int MAX_BIT = 8 * 65_535;
    private static final int MAX_QUEUE = 100_000;
    private static final int MAX_TURNS = 1_000_000;
    private static final int MAX_OCTETS = 1 << 26;
    private static final String SETTINGS =
            "expected what is to be different: loss 10%, delay 50ms, jitter 5ms, rate 1mbit or"
                    + " queue 20";
    private static final String TURNS = "expected after 2, every 3 or the end of the line";

    private final LineWords words;
    private final String kind;

    private DisturbanceReader(LineWords words) {
        this.words = words;
        this.kind = words.text(0);
    }

    /**
     * Empty if the line is none.
     *
     * @throws ScriptException if it begins as one and is none
     */
    public static Optional<Disturbance> read(LineWords words) {
        if (!Faults.NAMES.contains(words.text(0))) return Optional.empty();
        return Optional.of(new DisturbanceReader(words).read());
    }

    private Disturbance read() {
        return switch (kind) {
            case "drop" -> ofFrame("whose next frame is to be lost", "");
            case "duplicate" -> ofFrame("whose next frame is to come twice", "");
            case "delay" -> ofFrame("and by how much its next frame is late", " 2s");
            case "reorder" -> ofFrame("and how many are to overtake its next frame", " 2");
            case "corrupt" -> ofFrame("and which bit of its next frame is to be wrong", " 160");
            case "cut" -> ofCable(LinkChange.NONE.withCut(true));
            case "mend" -> ofCable(LinkChange.NONE.withCut(false));
            case "link" -> link();
            case "crash" -> new Disturbance.Crash(onlyHost("crash server"));
            case "boot" -> new Disturbance.Boot(onlyHost("boot server"));
            case "recover" -> new Disturbance.CallsRecover(onlyHost("recover server"));
            case "stall" -> stall();
            default -> ofCalls();
        };
    }

    // ---- frames

    /**
     * @param whose what the host has to do with it
     * @param measure how an example goes on behind the host
     */
    private Disturbance ofFrame(String whose, String measure) {
        boolean isPacket = words.is(1, "packet");
        String expected =
                isPacket
                        ? "expected " + kind + " packet 17" + measure
                        : "expected "
                                + (measure.isEmpty() ? "the host " : "a host, ")
                                + whose
                                + ": "
                                + kind
                                + " client"
                                + measure;
        int at = isPacket ? 3 : behindCard();
        boolean anyBit = kind.equals("corrupt") && words.size() == at;
        words.requireSize(measure.isEmpty() || anyBit ? at : at + 1, expected);
        Fault fault = fault(at, anyBit, expected);
        return isPacket
                ? new Disturbance.OfPacket(
                        kind, words.number(2, 1, MAX_PACKET, "expected a packet's number"), fault)
                : new Disturbance.NextFrame(kind, card(expected), fault);
    }

    private Fault fault(int at, boolean anyBit, String expected) {
        return switch (kind) {
            case "drop" -> new Fault.Drop();
            case "duplicate" -> new Fault.Duplicate();
            case "delay" -> new Fault.Delay(shortTime(at));
            case "reorder" -> new Fault.Reorder(words.number(at, 1, 1000, expected));
            // without a choice the last one, which is of the text if there is any
            default -> new Fault.Corrupt(anyBit ? MAX_BIT : words.number(at, 0, MAX_BIT, expected));
        };
    }

    /** The index of what comes after the host and, if one is written, its device. */
    private int behindCard() {
        return DEVICE.matcher(words.text(2)).matches() ? 3 : 2;
    }

    private Card card(String expected) {
        return new Card(host(expected), behindCard() == 3 ? words.text(2) : Card.FIRST);
    }

    private String host(String expected) {
        if (!HOST.matcher(words.text(1)).matches()) throw words.unexpected(1, expected);
        return words.text(1);
    }

    // ---- cables

    private Disturbance ofCable(LinkChange change) {
        String expected = "expected the host whose cable it is: " + kind + " client";
        words.requireSize(behindCard(), expected);
        return new Disturbance.OfCable("cut", card(expected), Direction.BOTH, change);
    }

    private Disturbance link() {
        Card card = card("expected whose cable it is, as in link client loss 10%");
        int at = behindCard();
        Direction direction =
                words.is(at, "out")
                        ? Direction.OUT
                        : words.is(at, "in") ? Direction.IN : Direction.BOTH;
        int first = direction == Direction.BOTH ? at : at + 1;
        LinkChange change = LinkChange.NONE;
        for (int i = first; i < words.size(); i += 2) change = with(change, i);
        if (change.isEmpty()) throw words.unexpected(first, SETTINGS);
        return new Disturbance.OfCable("link", card, direction, change);
    }

    private LinkChange with(LinkChange change, int i) {
        return switch (words.text(i)) {
            case "loss" -> change.withLoss(share(i + 1));
            case "delay" -> change.withDelay(shortTime(i + 1));
            case "jitter" -> change.withJitter(shortTime(i + 1));
            case "rate" -> change.withRate(rate(i + 1));
            case "queue" ->
                    change.withQueue(
                            words.number(
                                    i + 1,
                                    0,
                                    MAX_QUEUE,
                                    "expected how many packets may wait, 0 to " + MAX_QUEUE));
            default -> throw words.unexpected(i, SETTINGS);
        };
    }

    /** A day at most, so that many of them do not go beyond the end of time. */
    private long shortTime(int i) {
        long nanos = words.time(i);
        if (nanos > LONGEST) throw words.unexpected(i, "expected a day, 24h, at most");
        return nanos;
    }

    private double share(int i) {
        Matcher m = SHARE.matcher(words.text(i));
        double percent = m.matches() ? Double.parseDouble(m.group(1)) : -1;
        if (percent < 0 || percent > 100) {
            throw words.unexpected(i, "expected which share is lost, 0% to 100%");
        }
        return percent / 100;
    }

    private long rate(int i) {
        return Rate.bits(words.text(i))
                .orElseThrow(
                        () -> words.unexpected(i, "expected a rate, such as 500kbit or 10mbit"));
    }

    // ---- hosts

    private String onlyHost(String example) {
        String expected = "expected a host: " + example;
        words.requireSize(2, expected);
        return host(expected);
    }

    private Disturbance stall() {
        String expected =
                "expected a host, and for how long its programs stand still: stall server 2s";
        words.requireSize(3, expected);
        return new Disturbance.Stall(host(expected), shortTime(2));
    }

    // ---- calls

    private Disturbance ofCalls() {
        String example =
                switch (kind) {
                    case "fail" -> "fail server recv EINTR";
                    case "partial" -> "partial server recv 3";
                    default -> "slow server recv 10ms";
                };
        String expected = "expected a host, a call and what befalls it: " + example;
        if (words.size() < 4) throw words.error(words.size(), expected);
        String host = host(expected);
        String call = words.text(2);
        if (CallCatalogue.find(call).isEmpty()) {
            throw words.error(
                    2,
                    "expected a call, found '"
                            + call
                            + "'"
                            + Spelling.hint(call, CallCatalogue.names()));
        }
        CallFault fault =
                switch (kind) {
                    case "fail" -> new CallFault.Fail(errno(3));
                    case "partial" ->
                            new CallFault.Partial(
                                    words.number(
                                            3,
                                            1,
                                            MAX_OCTETS,
                                            "expected how many octets it moves at most"));
                    default -> new CallFault.Slow(atLeastOne(shortTime(3)));
                };
        return new Disturbance.OfCalls(kind, host, turns(call), fault);
    }

    private long atLeastOne(long nanos) {
        if (nanos < 1) throw words.unexpected(3, "expected by how much it is late");
        return nanos;
    }

    private Errno errno(int i) {
        String name = words.text(i);
        return Errno.ofPrograms().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> all = Errno.ofPrograms().stream().map(Enum::name).toList();
                    return words.error(
                            i,
                            "expected an error such as EINTR or ENOBUFS, found '"
                                    + name
                                    + "'"
                                    + Spelling.hint(name, all));
                });
    }

    /** Those that are slow are so until further notice, the others go wrong once. */
    private CallFault.Turns turns(String call) {
        int skipped = 0;
        int every = kind.equals("slow") ? 1 : 0;
        for (int i = 4; i < words.size(); i += 2) {
            switch (words.text(i)) {
                case "after" -> skipped = words.number(i + 1, 0, MAX_TURNS, TURNS);
                case "every" -> every = words.number(i + 1, 1, MAX_TURNS, TURNS);
                default -> throw words.unexpected(i, TURNS);
            }
        }
        return new CallFault.Turns(call, skipped + 1, every);
    }
}
