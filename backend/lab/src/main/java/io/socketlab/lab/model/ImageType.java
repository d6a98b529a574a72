package io.socketlab.lab.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of image that a statement can show. What is served as one has its media type from this
 * list and from nowhere else.
 */
public enum ImageType {
    PNG("image/png"),
    JPEG("image/jpeg"),
    GIF("image/gif"),
    WEBP("image/webp"),
    SVG("image/svg+xml");

    private final String mediaType;

    ImageType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** That of a file, by how its name ends; empty for anything else. */
    public static Optional<ImageType> of(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "png" -> Optional.of(PNG);
            case "jpg", "jpeg" -> Optional.of(JPEG);
            case "gif" -> Optional.of(GIF);
            case "webp" -> Optional.of(WEBP);
            case "svg" -> Optional.of(SVG);
            default -> Optional.empty();
        };
    }

    /** As HTTP has it, {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }
}
