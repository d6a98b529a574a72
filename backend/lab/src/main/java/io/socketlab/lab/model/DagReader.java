package io.socketlab.lab.model;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Assertion.Edge;
import io.socketlab.lab.check.Assertion.Node;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code dag: {nodes: {syn: …, synack: …}, edges: [{from: syn, to: synack, why: …}]}}. An
 * edge that needs no reason can be written {@code [syn, synack]} or {@code syn -> synack -> ack}.
 */
final class DagReader {

    private final Names names;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();

    DagReader(Names names) {
        this.names = names;
    }

    Assertion read(Element value) {
        try (Fields fields = value.fields("dag")) {
            fields.need("nodes")
                    .ifPresent(e ->
                            e.fields("nodes, as in {syn: \"client > S\"}")
                                    .named()
                                    .forEach(this::node));
            fields.items("edges").forEach(this::edge);
        }
        List<Node> sorted = sorted();
        if (sorted.size() < nodes.size()) {
            value.problem("the edges go round in a circle, so nothing can come first");
        }
        return new Assertion.Dag(sorted, edges);
    }

    private void node(String name, Element pattern) {
        names.pattern(pattern).ifPresent(p -> nodes.put(name, new Node(name, p)));
    }

    private void edge(Element element) {
        if (element.isMapping()) {
            try (Fields fields = element.fields("an edge")) {
                LocalText why = AssertionReader.why(names, fields);
                fields.need("from")
                        .ifPresent(from -> fields.need("to").ifPresent(to -> join(from, to, why)));
            }
            return;
        }
        if (element.isSequence()) {
            List<Element> ends = element.items();
            for (int i = 1; i < ends.size(); i++) {
                join(ends.get(i - 1), ends.get(i), LocalText.NONE);
            }
            return;
        }
        String[] chain = element.text("an edge").split("->", -1);
        if (chain.length < 2) element.problem("expected an edge, as in 'syn -> synack'");
        for (int i = 1; i < chain.length; i++) {
            String from = chain[i - 1].strip();
            String to = chain[i].strip();
            boolean fromKnown = known(element, from);
            boolean toKnown = known(element, to);
            if (fromKnown && toKnown) edges.add(new Edge(from, to, LocalText.NONE));
        }
    }

    private void join(Element from, Element to, LocalText why) {
        String a = from.text("a node's name");
        String b = to.text("a node's name");
        boolean fromKnown = known(from, a);
        boolean toKnown = known(to, b);
        if (fromKnown && toKnown) edges.add(new Edge(a, b, why));
    }

    private boolean known(Element element, String node) {
        if (nodes.containsKey(node)) return true;
        element.problemWith(
                node,
                String.valueOf(
                        SyntaxException.unknown(0, "node", node, nodes.keySet()).getMessage()));
        return false;
    }

    /** Every node after its predecessors, else as they stand; without those in a circle. */
    private List<Node> sorted() {
        var sorted = new ArrayList<Node>();
        var left = new ArrayList<>(nodes.values());
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Node node : List.copyOf(left)) {
                boolean waits =
                        edges.stream()
                                .anyMatch(e ->
                                        e.to().equals(node.name())
                                                && left.stream()
                                                        .anyMatch(n -> n.name().equals(e.from())));
                if (waits) continue;
                left.remove(node);
                sorted.add(node);
                moved = true;
                break;
            }
        }
        return sorted;
    }
}
