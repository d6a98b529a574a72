package io.socketlab.lab.model;

import io.socketlab.lab.model.LabException.Problem;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where things stand in a lab's file, for what turns out to be wrong after it has been read. */
public final class Places {

    private final LabFiles files;

    public Places(LabFiles files) {
        this.files = files;
    }

    /**
     * Something is wrong at a place of {@code lab.yaml}.
     *
     * @param path the keys on the way there, and of items of lists the id, the text or the number
     *     from 0, as in {@code checks}, {@code peak}; at its end an empty text for the value of the
     *     key before; where it goes on and the file does not, the last place on the way
     */
    public Problem problem(String message, String... path) {
        Mark at = find(path);
        String file = files.name() + "/" + LabReader.FILE;
        return new Problem(file, at.getLine() + 1, at.getColumn() + 1, message);
    }

    private Mark find(String... path) {
        var settings = LoadSettings.builder().setUseMarks(true).build();
        String text = files.read(LabReader.FILE).orElse("");
        Node node = new Compose(settings).composeString(text).orElseThrow();
        Mark at = start(node);
        for (String step : path) {
            Optional<NodeTuple> key = key(node, step);
            Optional<Node> item = item(node, step);
            if (step.isEmpty()) {
                at = start(node);
            } else if (key.isPresent()) {
                at = start(key.get().getKeyNode());
                node = key.get().getValueNode();
            } else if (item.isPresent()) {
                at = start(item.get());
                node = item.get();
            } else {
                break;
            }
        }
        return at;
    }

    private static Mark start(Node node) {
        return node.getStartMark().orElseThrow();
    }

    private static Optional<NodeTuple> key(Node node, String name) {
        if (!(node instanceof MappingNode mapping)) return Optional.empty();
        return mapping.getValue().stream().filter(t -> is(t.getKeyNode(), name)).findFirst();
    }

    private static Optional<Node> item(Node node, String id) {
        if (!(node instanceof SequenceNode sequence)) return Optional.empty();
        List<Node> items = sequence.getValue();
        if (id.matches("[0-9]{1,4}") && Integer.parseInt(id) < items.size()) {
            return Optional.of(items.get(Integer.parseInt(id)));
        }
        return items.stream()
                .filter(item ->
                        is(item, id)
                                || key(item, "id")
                                        .filter(t -> is(t.getValueNode(), id))
                                        .isPresent())
                .findFirst();
    }

    private static boolean is(Node node, String text) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
    }
}
