package io.socketlab.lab.model;

import io.socketlab.kernel.link.QdiscReader;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Rate;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Samples.Kind;
import io.socketlab.lab.model.Topology.CablePlan;
import io.socketlab.lab.model.Topology.Flaw;
import io.socketlab.lab.model.Topology.Nth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Reads what a link is like, or the cables of a LAN. */
final class CableReader {

    private static final Expression NO_DELAY = new Expression.Constant(new Value.Span(0));
    private static final int USUAL_QUEUE = 1000;

    private final Names names;

    CableReader(Names names) {
        this.names = names;
    }

    /**
     * @param ends the hosts that it joins
     */
    CablePlan read(Fields fields, List<String> ends) {
        Map<String, String> qdiscs = qdiscs(fields, ends);
        // what a queue on the path takes, a queueing discipline never sees
        int usualQueue = qdiscs.isEmpty() ? USUAL_QUEUE : 0;
        return new CablePlan(
                fields.get("delay").flatMap(this::delay).orElse(NO_DELAY),
                fields.get("rate").map(this::rate),
                fields.get("queue").map(CableReader::packets).orElse(usualQueue),
                fields.integer("mtu", 68, 65_535, 1500),
                flaws(fields, ends),
                qdiscs);
    }

    private Map<String, String> qdiscs(Fields fields, List<String> ends) {
        var qdiscs = new LinkedHashMap<String, String>();
        Optional<Element> given = fields.get("qdisc");
        if (given.isEmpty()) return qdiscs;
        if (given.get().isScalar()) {
            qdiscs.put("", qdisc(given.get()));
            return qdiscs;
        }
        given.get()
                .fields("a queueing discipline, as in fq, or one of a host, as in {router: red …}")
                .named()
                .forEach((name, words) -> {
                    checkEnd(words, name, ends);
                    qdiscs.put(name, qdisc(words));
                });
        return qdiscs;
    }

    /** {@code red limit 60000 avpkt 1000}. */
    String qdisc(Element element) {
        for (String text : names.filled(element)) {
            try {
                QdiscReader.check(List.of(text.strip().split("\\s+", -1)));
            } catch (IllegalArgumentException e) {
                element.problem(String.valueOf(e.getMessage()));
                break;
            }
        }
        return element.text("a queueing discipline");
    }

    /** The host that the key names, or one of several. */
    String host(Fields fields, String key) {
        return fields.need(key).map(this::host).orElse("");
    }

    String host(Element element) {
        String name = element.text("a host's name");
        checkHost(element, name);
        return name;
    }

    private void checkHost(Element element, String name) {
        if (!names.isHost(name)) Names.known(element, "host", name, names.hosts());
        else names.checkNumber(element, name, name);
    }

    private Optional<Expression> delay(Element element) {
        return names.expression(element, Kind.SPAN);
    }

    private String rate(Element element) {
        for (String text : names.filled(element)) {
            if (Rate.bits(text).filter(bits -> bits > 0).isPresent()) continue;
            element.problem(
                    "expected a rate of at least one bit a second, as in 10mbit, not '"
                            + text
                            + "'");
            break;
        }
        return element.text("a rate");
    }

    private static int packets(Element element) {
        String text = element.text("a number of packets");
        if (text.matches("[0-9]{1,6}(pkt)?")) return Integer.parseInt(text.replace("pkt", ""));
        element.problem("expected a number of packets, as in 20pkt, not '" + text + "'");
        return 0;
    }

    private List<Flaw> flaws(Fields fields, List<String> ends) {
        var flaws = new ArrayList<Flaw>();
        fields.get("loss").ifPresent(e -> flaws.add(likely(e, Flaw.Loss::new)));
        fields.get("duplicate").ifPresent(e -> flaws.add(likely(e, Flaw.Duplicate::new)));
        fields.get("corrupt").ifPresent(e -> flaws.add(likely(e, Flaw.Corrupt::new)));
        fields.get("reorder").ifPresent(e -> flaws.add(reorder(e)));
        for (Element drop : fields.items("drop")) add(flaws, drop, drop(drop, ends));
        for (Element late : fields.items("late")) add(flaws, late, late(late, ends));
        return flaws;
    }

    private static void add(List<Flaw> flaws, Element element, Flaw flaw) {
        if (flaws.contains(flaw)) element.problem("this packet is named already");
        flaws.add(flaw);
    }

    private static Flaw likely(Element element, DoubleFunction<Flaw> make) {
        return make.apply(probability(element));
    }

    private static double probability(Element element) {
        String text = element.text("a probability");
        boolean percent = text.matches("[0-9]+(\\.[0-9]+)?%");
        if (percent || text.matches("[01](\\.[0-9]+)?|0?\\.[0-9]+")) {
            double value = Double.parseDouble(text.replace("%", "")) / (percent ? 100 : 1);
            if (value <= 1) return value;
        }
        element.problem("expected a probability, as in 0.1 or 10%, not '" + text + "'");
        return 0;
    }

    private Flaw reorder(Element element) {
        try (Fields fields = element.fields("reorder, as in {probability: 0.1, delay: 5ms}")) {
            return new Flaw.Reorder(
                    fields.need("probability").map(CableReader::probability).orElse(0.0),
                    fields.need("delay").flatMap(this::delay).orElse(NO_DELAY));
        }
    }

    private Flaw drop(Element element, List<String> ends) {
        try (Fields fields = element.fields("drop, as in {from: client, nth: 1}")) {
            return new Flaw.Drop(
                    nth(fields, ends),
                    fields.get("many").flatMap(e -> names.expression(e, Kind.NTH)));
        }
    }

    private Flaw late(Element element, List<String> ends) {
        try (Fields fields = element.fields("late, as in {from: client, nth: 3, by: 5ms}")) {
            return new Flaw.Late(
                    nth(fields, ends), fields.need("by").flatMap(this::delay).orElse(NO_DELAY));
        }
    }

    /** Reports a host that is none of those that something joins; one that is none, elsewhere. */
    void checkEnd(Element element, String host, List<String> ends) {
        if (!names.isHost(host)) {
            Names.known(element, "host", host, names.hosts());
            return;
        }
        names.checkNumber(element, host, host);
        boolean isEnd = ends.contains(host) || ends.contains(host.replaceFirst("[0-9]+$", ""));
        if (isEnd || !ends.stream().allMatch(names::isHost)) return;
        element.problem(
                "expected an end of this link, "
                        + String.join(" or ", ends)
                        + ", not '"
                        + host
                        + "'");
    }

    private Nth nth(Fields fields, List<String> ends) {
        String from = host(fields, "from");
        fields.get("from").ifPresent(e -> one(e, from, ends));
        return new Nth(
                from,
                fields.need("nth").flatMap(e -> names.expression(e, Kind.NTH)).orElse(NO_DELAY),
                fields.get("port").flatMap(e -> names.expression(e, Kind.PORT)),
                fields.flag("text", false));
    }

    /** The end that sends it: of several hosts, one of them. */
    private void one(Element element, String from, List<String> ends) {
        if (names.isSeveral(from)) several(element, from);
        else checkEnd(element, from, ends);
    }

    /** Reports the name of several hosts where one of them belongs. */
    void several(Element element, String host) {
        element.problem(
                "there are several of '%s': write which of them, as in %s1".formatted(host, host));
    }
}
