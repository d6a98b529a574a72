package io.socketlab.lab.statement;

import io.socketlab.lab.model.ImageType;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;

/** Makes the images of the lab's own folder be found from wherever the statement is shown. */
final class ImageFinder extends AbstractVisitor {

    /** In the lab's folder: no scheme, no host, and no way out. */
    private static final Pattern OWN =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)?");

    private final String images;

    /**
     * @param images where those of the lab are, without a slash at the end
     */
    ImageFinder(String images) {
        this.images = images;
    }

    /** Whether an image's address is that of a file of the lab. */
    static boolean isOwn(String destination) {
        return OWN.matcher(destination).matches() && ImageType.of(destination).isPresent();
    }

    @Override
    public void visit(Image image) {
        if (isOwn(image.getDestination())) {
            image.setDestination(images + "/" + image.getDestination());
        }
        visitChildren(image);
    }
}
