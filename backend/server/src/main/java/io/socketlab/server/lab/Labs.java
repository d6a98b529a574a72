package io.socketlab.server.lab;

import io.socketlab.lab.model.Lab;
import java.util.Optional;
import java.util.UUID;

/**
 * Whatever runs can be made of: the labs of the catalogue, those that people have published or are
 * writing, and the networks to play on.
 */
@FunctionalInterface
public interface Labs {

    /** What the ids of networks to play on begin with, where they stand for labs. */
    String PLAY = "play-";

    /** What the ids of drafts begin with, each as it was when it was tried. */
    String DRAFT = "draft:";

    /** A lab as it is now. */
    Optional<Lab> find(String id);

    /**
     * A lab as it was at a revision, where revisions are kept; those of the catalogue are only
     * there as they are now.
     */
    default Optional<Lab> find(String id, int revision) {
        return find(id);
    }

    /** A lab of which this account may begin runs. */
    default Optional<Lab> openTo(UUID account, String id) {
        return find(id);
    }
}
