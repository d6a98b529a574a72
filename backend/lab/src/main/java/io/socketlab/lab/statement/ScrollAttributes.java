package io.socketlab.lab.statement;

import java.util.Map;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;

/** What is scrolled sideways where it does not fit must be reachable by keyboard. */
final class ScrollAttributes implements AttributeProvider {

    @Override
    public void setAttributes(Node node, String tagName, Map<String, String> attributes) {
        if (tagName.equals("table") || tagName.equals("pre")) attributes.put("tabindex", "0");
    }
}
