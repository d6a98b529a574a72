package io.socketlab.lab.model;

import static io.socketlab.lab.model.Schemas.anyOf;
import static io.socketlab.lab.model.Schemas.choice;
import static io.socketlab.lab.model.Schemas.constant;
import static io.socketlab.lab.model.Schemas.flag;
import static io.socketlab.lab.model.Schemas.integer;
import static io.socketlab.lab.model.Schemas.keys;
import static io.socketlab.lab.model.Schemas.matching;
import static io.socketlab.lab.model.Schemas.named;
import static io.socketlab.lab.model.Schemas.oneOrMore;
import static io.socketlab.lab.model.Schemas.ref;
import static io.socketlab.lab.model.Schemas.text;

import io.socketlab.kernel.link.Coalescing;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.lab.check.CallNames;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON Schema of {@code lab.yaml}, for editors. It knows keys, types and choices; what names
 * stand for only {@link LabReader} knows.
 */
public final class LabSchema {

    /** Where a lab file can say that it is. */
    public static final String ID = "https://socketlab.io/schema/lab.schema.json";

    private static final String SPAN = "^[0-9.]+(ns|us|ms|s|m|h)$";
    private static final String PROBABILITY =
            "^([0-9]+(\\.[0-9]+)?%|[01](\\.[0-9]+)?|0?\\.[0-9]+)$";

    private LabSchema() {}

    /** The schema, as JSON has it. */
    public static Map<String, Object> schema() {
        var root = new LinkedHashMap<String, Object>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", ID);
        root.put("title", "A lab of SocketLab");
        root.putAll(lab());
        var definitions = new LinkedHashMap<String, Object>();
        definitions.put("text", localText());
        definitions.put("expression", text("A number, a time, or an expression over parameters."));
        definitions.put("duration", text("A time: 40ms, 1.5s, or 2rtt, 1rto, 1msl of the run."));
        definitions.put(
                "pattern",
                text("Something that can happen: [who] what [fields], as in client > S. ack 1."));
        definitions.put(
                "condition", text("A condition on the run, as in client.state == ESTABLISHED."));
        definitions.put("assertion", AssertionSchema.assertion());
        definitions.put("profile", choice("Whose kernel it is.", TopologyReader.PROFILES));
        definitions.put("sysctl", sysctl());
        root.put("$defs", definitions);
        return root;
    }

    /** What each key of an assertion says. */
    public static Map<String, String> combinators() {
        return AssertionSchema.COMBINATORS;
    }

    private static Map<String, Object> localText() {
        return anyOf(
                "A text in English, or texts by language. {{parameter}} stands for its value.",
                text(""),
                named("", "^[a-z]{2,3}(-[A-Za-z]+)?$", text("The text in this language.")));
    }

    private static Map<String, Object> sysctl() {
        return named("Settings by their Linux names.", "^[a-z0-9_.-]+$", text("Its value."));
    }

    private static Map<String, Object> lab() {
        return keys("A lab: network, parameters, checks, known mistakes, scoring.")
                .need("apiVersion", constant("The version of this format.", LabReader.API_VERSION))
                .need(
                        "id",
                        matching("The folder's name; stable for ever.", "^" + LabReader.ID + "$"))
                .need("revision", integer("Counts what was published.", 1, 1_000_000))
                .need("title", ref("Its title; its languages are those of all texts.", "text"))
                .may("objectives", oneOrMore("What can be done afterwards.", ref("text")))
                .may("topics", oneOrMore("For the course map, as in tcp.listen.", text("A topic.")))
                .need("level", integer("From 1, easy, to 4.", 1, 4))
                .need("minutes", integer("How long it takes.", 1, 600))
                .may("after", oneOrMore("Labs to be done before.", text("A lab's id.")))
                .need("stack", stack())
                .need("topology", topology())
                .may("params", params())
                .may("variants", variants())
                .need("student", student())
                .may("peers", text("A script for the hosts that the student does not drive."))
                .need(
                        "checks",
                        oneOrMore("What is asked for and pays points.", CheckSchema.check()))
                .may("mistakes", oneOrMore("What people do wrong.", CheckSchema.mistake()))
                .may("predictions", oneOrMore("Asked before the run.", CheckSchema.prediction()))
                .need("scoring", scoring())
                .closed();
    }

    private static Map<String, Object> stack() {
        Map<String, Object> limits =
                keys("Where a run is ended.")
                        .may("events", integer("So many events of the trace.", 1, 10_000_000))
                        .may("virtual", matching("So much virtual time, as in 300s.", SPAN))
                        .closed();
        return keys("Whose kernel the hosts have.")
                .need("profile", ref("profile"))
                .may("sysctl", ref("sysctl"))
                .may("limits", limits)
                .closed();
    }

    // ---- the network

    private static Map<String, Object> topology() {
        return keys("The hosts, and the LANs and links between them.")
                .need("hosts", named("Hosts by name.", "^[a-z][a-z0-9_-]{0,30}$", host()))
                .may("lans", named("LANs by name.", "^.+$", lan()))
                .may("links", oneOrMore("Links.", link()))
                .closed();
    }

    private static Map<String, Object> host() {
        Map<String, Object> nic =
                rings(keys("How its network card holds interrupts back, as ethtool -C."))
                        .may(
                                "rx_usecs",
                                integer(
                                        "Microseconds from a frame to the interrupt.",
                                        0,
                                        Coalescing.MAX_USECS))
                        .may(
                                "rx_frames",
                                integer(
                                        "So many frames make an interrupt at once.",
                                        0,
                                        NicSettings.MAX_RING))
                        .may(
                                "tx_usecs",
                                integer(
                                        "The same for what has been sent.",
                                        0,
                                        Coalescing.MAX_USECS))
                        .may(
                                "tx_frames",
                                integer(
                                        "The same for what has been sent.",
                                        0,
                                        NicSettings.MAX_RING))
                        .may("gro", flag("Whether segments are joined on arrival."))
                        .closed();
        return rings(
                        keys("A host.")
                                .may(
                                        "count",
                                        ref("How many there are; numbered from 1.", "expression"))
                                .may("address", text("10.0.0.1/24; the next free one without it."))
                                .may("address6", text("2001:db8::1/64; no IPv6 without it."))
                                .may("profile", ref("profile"))
                                .may("sysctl", ref("sysctl")))
                .may("nic", nic)
                .may("forwarding", flag("Whether it is a router."))
                .may("gateway", text("The router to all other networks."))
                .may("routes", oneOrMore("Ways to networks.", route()))
                .may("qdisc", text("The queueing discipline of its interfaces, as in fq."))
                .may("nameservers", oneOrMore("Hosts or addresses to ask for names.", text("")))
                .may("search", oneOrMore("Domains to try names in.", text("A domain.")))
                .may("files", named("Files by path, as /etc/hosts.", "^/", text("What is in it.")))
                .may(
                        "zones",
                        named("Zones that it serves, as in RFC 1035 §5.", ".", text("Records.")))
                .may("forward", text("The name server that it asks for others."))
                .may("cpu", processors())
                .closed();
    }

    private static Map<String, Object> processors() {
        return keys("Its processors; without it nothing takes time.")
                .may("cpus", ref("How many there are.", "expression"))
                .may("switch", ref("A time, to go over to another task.", "expression"))
                .may("wake", ref("A time, to make a sleeping task runnable.", "expression"))
                .may("call", ref("A time, for each system call.", "expression"))
                .may("scan", ref("A time, to ask one descriptor how it is.", "expression"))
                .may("copy", ref("A time, to copy 1,000 octets.", "expression"))
                .may("slice", ref("A time, after which others have their turn.", "expression"))
                .closed();
    }

    private static Schemas.Keys rings(Schemas.Keys keys) {
        return keys.may(
                        "rx_ring",
                        integer("Descriptors for frames that arrive.", 1, NicSettings.MAX_RING))
                .may(
                        "tx_ring",
                        integer("Descriptors for frames to send.", 1, NicSettings.MAX_RING));
    }

    private static Map<String, Object> lan() {
        Schemas.Keys keys =
                keys("A switch and the hosts on it.")
                        .need("hosts", oneOrMore("Those on it.", text("A host.")));
        return cable(keys).closed();
    }

    private static Map<String, Object> link() {
        Schemas.Keys keys = keys("A link.").need("a", text("A host.")).need("b", text("Another."));
        return cable(keys).closed();
    }

    /** What a link and the cables of a LAN have in common. */
    private static Schemas.Keys cable(Schemas.Keys keys) {
        Map<String, Object> probability =
                anyOf("A probability, as in 0.1 or 10%.", matching("", PROBABILITY), number());
        Map<String, Object> reorder =
                keys("Some packets come later than those behind them.")
                        .need("probability", probability)
                        .need("delay", ref("By how much.", "expression"))
                        .closed();
        return keys.may("delay", ref("One way, as in 20ms.", "expression"))
                .may("rate", text("Bits a second, as in 10mbit; no limit without it."))
                .may("queue", text("Packets that wait at most at either end, as in 20pkt."))
                .may("qdisc", qdisc())
                .may("mtu", integer("Octets.", 68, 65_535))
                .may("subnet", text("The network, as in 10.1.0.0/24."))
                .may("addresses", named("Addresses by host.", "^.+$", text("As in 10.1.0.254.")))
                .may("loss", probability)
                .may("duplicate", probability)
                .may("corrupt", probability)
                .may("reorder", reorder)
                .may("drop", oneOrMore("Packets that are lost for certain.", drop()))
                .may("late", oneOrMore("Packets that come later.", late()));
    }

    private static Map<String, Object> qdisc() {
        Map<String, Object> words = text("As in fq, or red limit 60000 avpkt 1000 ecn.");
        return anyOf(
                "The queueing discipline of all its interfaces, or of hosts by name.",
                words,
                named("By host.", "^.+$", words));
    }

    private static Map<String, Object> route() {
        return keys("A way to a network.")
                .need("to", text("The network, as in 10.2.0.0/24."))
                .need("via", text("The router."))
                .closed();
    }

    private static Map<String, Object> number() {
        var number = new LinkedHashMap<String, Object>();
        number.put("type", "number");
        number.put("minimum", 0);
        number.put("maximum", 1);
        return number;
    }

    private static Map<String, Object> drop() {
        return nth(keys("")).may("many", ref("How many in a row; 1.", "expression")).closed();
    }

    private static Map<String, Object> late() {
        return nth(keys("")).need("by", ref("How much later.", "expression")).closed();
    }

    private static Schemas.Keys nth(Schemas.Keys keys) {
        return keys.need("from", text("The end of the link that sends it."))
                .need("nth", ref("Which of them, from 1.", "expression"))
                .may("port", ref("Only those from or to this port are counted.", "expression"))
                .may("text", flag("Only those that carry data are counted."));
    }

    // ---- parameters, student, scoring

    private static Map<String, Object> params() {
        Map<String, Object> parameter =
                keys("One of int, choice or expr.")
                        .may(
                                "int",
                                Schemas.list(
                                        "A whole number: [least, greatest].",
                                        2,
                                        integer("", Integer.MIN_VALUE, Integer.MAX_VALUE)))
                        .may("choice", oneOrMore("One of these.", text("A value.")))
                        .may("expr", ref("From parameters before it.", "expression"))
                        .closed(1, 1);
        return named("What differs from seed to seed.", "^[a-z][A-Za-z0-9_]*$", parameter);
    }

    private static Map<String, Object> variants() {
        return keys("Who gets which parameters.")
                .may("policy", choice("Who shares a seed.", ParameterReader.POLICIES))
                .may("pool", integer("How many seeds there are.", 1, 10_000))
                .may("programs", integer("With how many of them a C program is graded.", 1, 10_000))
                .may("constraints", oneOrMore("What parameters must fulfil.", ref("expression")))
                .closed();
    }

    private static Map<String, Object> student() {
        return keys("What is in the student's hands.")
                .need("modes", oneOrMore("Ways to work.", choice("", LabReader.MODES)))
                .may("hosts", oneOrMore("Hosts that the student drives; all without it.", text("")))
                .may(
                        "syscalls",
                        oneOrMore(
                                "Calls that may be used; all without it.",
                                choice("", CallNames.ALL)))
                .may(
                        "faults",
                        oneOrMore(
                                "What may be done to packets, cables, hosts and calls.",
                                choice("", LabReader.FAULTS)))
                .may("clock", oneOrMore("Ways to let time pass.", choice("", LabReader.CLOCK)))
                .may(
                        "programs",
                        named(
                                "What C programs get as their arguments where nothing else is said.",
                                "^[A-Za-z_][A-Za-z0-9_-]*(\\.[0-9]+)?$",
                                text("Arguments, with blanks between them.")))
                .may("starter", text("The script that the student starts from."))
                .may(
                        "sources",
                        named(
                                "What C files the program of a host begins with.",
                                "^[A-Za-z_][A-Za-z0-9_-]*$",
                                oneOrMore("Files.", text("A file, as in starter/server.c."))))
                .may("shared", flag("Whether whoever has a run's link may look at it."))
                .closed();
    }

    private static Map<String, Object> scoring() {
        Map<String, Object> attempts =
                keys("Attempts that count.")
                        .may("graded", integer("How many; 0 for any number.", 0, 1000))
                        .may("pay", choice("What a further attempt pays.", ScoringReader.PAY))
                        .may(
                                "schedule",
                                oneOrMore("Percent that the n-th can earn.", integer("", 0, 100)))
                        .closed();
        return keys("How points add up.")
                .need("total", integer("What checks and predictions add up to.", 0, 100_000))
                .may("starter", integer("What the untouched starter earns.", 0, 100_000))
                .may("attempts", attempts)
                .may("best", flag("Whether the best attempt counts; else the last."))
                .may("practice", choice("Runs without a grade.", ScoringReader.PRACTICE))
                .closed();
    }
}
