package io.socketlab.lab.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of image that a statement can show. What is served as one has its media type from this
 * list and from nowhere else.
 */
public enum ImageType {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp"),
    SVG("image/svg+xml", "svg");

    private final String mediaType;
    private final List<String> endings;

    ImageType(String mediaType, String... endings) {
        this.mediaType = mediaType;
        this.endings = List.of(endings);
    }

    /** That of a file, by how its name ends; empty for anything else. */
    public static Optional<ImageType> of(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (ImageType type : values()) {
            if (type.endings.contains(ending)) return Optional.of(type);
        }
        return Optional.empty();
    }

    /** As HTTP has it, {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }
}
