package io.socketlab.lab.check;

import io.socketlab.lab.check.Assertion.Edge;
import io.socketlab.lab.check.Assertion.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All of some things, each after those that it depends on. */
final class DagCheck {

    private final RunView run;
    private final Narrator narrator;

    DagCheck(RunView run, Narrator narrator) {
        this.run = run;
        this.narrator = narrator;
    }

    Finding check(Assertion.Dag dag) {
        List<Node> nodes = dag.nodes();
        List<EventPattern> patterns = nodes.stream().map(Node::pattern).toList();
        Placement placement =
                Placement.partly(run.matcher(), patterns, ancestors(nodes, dag.edges()));
        var evidence = new ArrayList<Integer>();
        for (int i = 0; i < nodes.size(); i++) {
            if (placement.position(i) != Placement.NOWHERE) {
                evidence.add(seq(placement.position(i)));
            }
        }
        if (placement.isComplete()) {
            return Finding.pass(
                    evidence, nodes.size() + " events, each after its causes", "all of them");
        }
        int missing = placement.firstMissing();
        return fail(dag, placement, missing, evidence);
    }

    /** Why the node has no place: it is not there, or only before something it depends on. */
    private Finding fail(
            Assertion.Dag dag, Placement placement, int missing, List<Integer> evidence) {
        Node node = dag.nodes().get(missing);
        double share = (double) placement.count() / dag.nodes().size();
        String wanted = node.name() + ": " + Words.of(node.pattern(), run);
        List<Integer> found = run.matcher().candidates(node.pattern().shape());
        Optional<Edge> broken =
                found.isEmpty() ? Optional.empty() : broken(dag, placement, node, found);
        if (broken.isPresent()) {
            int seq = seq(found.getFirst());
            return Finding.fail(
                            share,
                            evidence,
                            seq,
                            wanted + ", after " + broken.get().from(),
                            "it came before " + broken.get().from() + ": " + say(seq) + at(seq))
                    .because(broken.get().why());
        }
        int near = Near.miss(node.pattern().shape(), run);
        if (near != 0) {
            return Finding.missing(share, evidence, near, wanted, say(near) + at(near));
        }
        int before = latest(dag, placement, node);
        int seq = before == Placement.NOWHERE ? lastSeq() : seq(before);
        String actual =
                before == Placement.NOWHERE
                        ? "it never happened"
                        : "it never happened; before it: " + say(seq) + at(seq);
        return Finding.missing(share, evidence, seq, wanted, actual);
    }

    private static Optional<Edge> broken(
            Assertion.Dag dag, Placement placement, Node node, List<Integer> found) {
        Edge worst = null;
        int latest = Placement.NOWHERE;
        for (Edge edge : dag.edges()) {
            if (!edge.to().equals(node.name())) continue;
            int from = placement.position(number(dag, edge.from()));
            if (from >= found.getLast() && from > latest) {
                latest = from;
                worst = edge;
            }
        }
        return Optional.ofNullable(worst);
    }

    private static int latest(Assertion.Dag dag, Placement placement, Node node) {
        int latest = Placement.NOWHERE;
        for (Edge edge : dag.edges()) {
            if (edge.to().equals(node.name())) {
                latest = Math.max(latest, placement.position(number(dag, edge.from())));
            }
        }
        return latest;
    }

    private static int number(Assertion.Dag dag, String name) {
        for (int i = 0; i < dag.nodes().size(); i++) {
            if (dag.nodes().get(i).name().equals(name)) return i;
        }
        throw new IllegalArgumentException("no node '" + name + "'");
    }

    private static List<Set<Integer>> ancestors(List<Node> nodes, List<Edge> edges) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) numbers.put(nodes.get(i).name(), i);
        var ancestors = new ArrayList<Set<Integer>>();
        for (Node node : nodes) {
            var before = new HashSet<Integer>();
            for (Edge edge : edges) {
                Integer from = numbers.get(edge.from());
                if (!edge.to().equals(node.name()) || from == null) continue;
                before.add(from);
                before.addAll(ancestors.get(from));
            }
            ancestors.add(before);
        }
        return ancestors;
    }

    private int seq(int position) {
        return run.index().events().get(position).stamp().seq();
    }

    private int lastSeq() {
        int size = run.index().events().size();
        return size == 0 ? 0 : seq(size - 1);
    }

    private String say(int seq) {
        return narrator.say(run.index().events().get(seq - seq(0)));
    }

    private static String at(int seq) {
        return " (event " + seq + ")";
    }
}
