package io.socketlab.lab.statement;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/** Turns the {@code [task](…)} at the beginning of a list item into a mark on the item. */
final class TaskFinder extends AbstractVisitor {

    /** Says that the list item before it is a task. Shows nothing itself. */
    static final class TaskMark extends CustomNode {
        private final String checks;

        TaskMark(String checks) {
            this.checks = checks;
        }

        String checks() {
            return checks;
        }
    }

    @Override
    public void visit(ListItem item) {
        Node first = item.getFirstChild();
        if (first instanceof Paragraph
                && first.getFirstChild() instanceof Link link
                && isTask(link)) {
            item.prependChild(new TaskMark(link.getDestination().replace(',', ' ')));
            if (link.getNext() instanceof Text text) {
                text.setLiteral(text.getLiteral().stripLeading());
            }
            link.unlink();
        }
        visitChildren(item);
    }

    private static boolean isTask(Link link) {
        return link.getFirstChild() instanceof Text text && text.getLiteral().equals("task");
    }
}
