package io.socketlab.server.lab;

import io.socketlab.lab.model.Lab;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Labs that people have written here. Told by whoever keeps them. */
public interface LabShelf {

    /** A lab as it was published last, or a draft as it was when it was tried. */
    Optional<Lab> find(String id);

    /** A published lab at one of its revisions. */
    Optional<Lab> find(String id, int revision);

    /** The revisions of a published lab, the last first; none if there is no such lab. */
    List<Integer> revisions(String id);

    /** Whether an account may begin runs: of published labs each, of drafts their author. */
    boolean isOpenTo(UUID account, String id);

    /** The labs that somebody has published, each as it was last, by their ids. */
    List<Lab> publishedBy(UUID account);
}
