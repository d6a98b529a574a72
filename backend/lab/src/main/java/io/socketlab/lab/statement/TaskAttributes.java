package io.socketlab.lab.statement;

import io.socketlab.lab.statement.TaskFinder.TaskMark;
import java.util.Map;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;

/** Gives a task's list item its {@code data-task}, the ids of its checks between spaces. */
final class TaskAttributes implements AttributeProvider {

    @Override
    public void setAttributes(Node node, String tagName, Map<String, String> attributes) {
        if (node instanceof ListItem && node.getFirstChild() instanceof TaskMark mark) {
            attributes.put("data-task", mark.checks());
        }
    }
}
