package io.socketlab.lab.statement;

import java.util.Map;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;

/**
 * What is scrolled sideways where it does not fit must be reachable by keyboard. How many columns a
 * figure has is told in tens, {@code columns-80}, so that the page can make it fit.
 */
final class ScrollAttributes implements AttributeProvider {

    private static final int STEP = 10;
    private static final int MOST = 110;

    @Override
    public void setAttributes(Node node, String tagName, Map<String, String> attributes) {
        if (!tagName.equals("table") && !tagName.equals("pre")) return;
        attributes.put("tabindex", "0");
        if (tagName.equals("pre")) attributes.put("class", "columns-" + columns(node));
    }

    private static int columns(Node figure) {
        int longest = text(figure).lines().mapToInt(String::length).max().orElse(0);
        return Math.min((longest + STEP - 1) / STEP * STEP, MOST);
    }

    private static String text(Node figure) {
        return switch (figure) {
            case FencedCodeBlock block -> block.getLiteral();
            case IndentedCodeBlock block -> block.getLiteral();
            default -> "";
        };
    }
}
