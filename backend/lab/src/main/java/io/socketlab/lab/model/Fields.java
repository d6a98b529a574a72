package io.socketlab.lab.model;

import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.expr.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The keys and values of a mapping. A key that nobody has asked for by {@link #close} is a mistake.
 */
final class Fields implements AutoCloseable {

    /** So many choices are easily read. */
    private static final int MOST_LISTED = 16;

    private final @Nullable Node node;
    private final Problems problems;
    private final Map<String, Element> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();

    Fields(MappingNode mapping, Problems problems) {
        this.node = mapping;
        this.problems = problems;
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.at(tuple.getKeyNode(), "expected a word as the key");
            } else if (values.containsKey(key.getValue())) {
                problems.at(key, "'" + key.getValue() + "' is there already");
            } else {
                values.put(key.getValue(), new Element(tuple.getValueNode(), problems));
                keys.put(key.getValue(), key);
            }
        }
    }

    private Fields(Problems problems) {
        this.node = null;
        this.problems = problems;
    }

    /** Of something that should have been a mapping and has been reported. */
    static Fields none(Problems problems) {
        return new Fields(problems);
    }

    Optional<Element> get(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /** By {@link #close} it is reported if the key is missing. */
    Optional<Element> need(String key) {
        Optional<Element> value = get(key);
        if (value.isEmpty() && node != null) missing.add(key);
        return value;
    }

    String text(String key) {
        return need(key).map(e -> e.text("a text")).orElse("");
    }

    Optional<String> maybeText(String key) {
        return get(key).map(e -> e.text("a text"));
    }

    int integer(String key, int from, int to) {
        return need(key).map(e -> (int) e.integer(from, to)).orElse(from);
    }

    int integer(String key, int from, int to, int usual) {
        return get(key).map(e -> (int) e.integer(from, to)).orElse(usual);
    }

    boolean flag(String key, boolean usual) {
        Optional<Element> value = get(key);
        if (value.isEmpty()) return usual;
        String text = value.get().text("true or false");
        if (!text.equals("true") && !text.equals("false")) {
            value.get().problem("expected true or false, not '" + text + "'");
        }
        return text.equals("true");
    }

    /** One of {@code choices}, the first if it is not there or is something else. */
    String choice(String key, List<String> choices) {
        Optional<Element> value = get(key);
        return value.isEmpty() ? choices.getFirst() : choice(value.get(), key, choices);
    }

    static String choice(Element value, String what, List<String> choices) {
        String text = value.text("one of " + String.join(", ", choices));
        if (choices.contains(text) || !value.isScalar()) return text;
        String all =
                choices.size() > MOST_LISTED
                        ? ""
                        : " (expected one of " + String.join(", ", choices) + ")";
        value.problem(SyntaxException.unknown(0, what, text, choices).getMessage() + all);
        return choices.isEmpty() ? text : choices.getFirst();
    }

    List<Element> items(String key) {
        return get(key).map(Element::items).orElse(List.of());
    }

    List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (Element item : items(key)) texts.add(item.text("a text"));
        return texts;
    }

    /**
     * Those of {@code choices} that stand in a list, each once.
     *
     * @param what one of them is called
     */
    List<String> choices(String key, String what, List<String> choices) {
        var texts = new ArrayList<String>();
        for (Element item : items(key)) {
            String text = choice(item, what, choices);
            if (item.isScalar() && texts.contains(text) && choices.contains(item.text(what))) {
                item.problem("the " + what + " '" + text + "' is there already");
            }
            texts.add(text);
        }
        return texts;
    }

    /** All of them, whatever their keys are: these are names that the author gives. */
    Map<String, Element> named() {
        known.addAll(values.keySet());
        return values;
    }

    /** The keys that are there, in the order of the file. */
    Set<String> keys() {
        return values.keySet();
    }

    /**
     * Reports a list that is there and has nothing in it.
     *
     * @param what it is to have at least one of
     */
    void notEmpty(String key, String what) {
        Element list = values.get(key);
        if (list != null && list.isSequence() && list.items().isEmpty()) {
            list.problem("expected at least " + what + "; the list is empty");
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether a key is there that nobody has asked for so far. */
    boolean hasUnknown() {
        return !known.containsAll(values.keySet());
    }

    /** Reports the keys that nobody knows, and those that are missing and not just misspelt. */
    @Override
    public void close() {
        keys.forEach((key, _) -> {
            if (!known.contains(key)) Spelling.nearest(key, known).ifPresent(missing::remove);
        });
        for (String key : missing) {
            if (node != null) {
                problems.at(node, "expected the key '" + key + "' here; it is missing");
            }
        }
        keys.forEach((key, at) -> {
            if (known.contains(key)) return;
            problems.at(
                    at,
                    SyntaxException.unknown(0, "key", key, known).getMessage()
                            + " (known here: "
                            + String.join(", ", known)
                            + ")");
        });
    }
}
