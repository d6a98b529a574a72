package io.socketlab.server.authoring;

import io.socketlab.server.web.ProblemException;
import java.util.List;
import org.springframework.stereotype.Service;

/** A draft's published revisions, and what differs between them. */
@Service
class Revisions {

    private final RevisionStore store;
    private final TreeStore trees;
    private final DraftStore drafts;

    Revisions(RevisionStore store, TreeStore trees, DraftStore drafts) {
        this.store = store;
        this.trees = trees;
        this.drafts = drafts;
    }

    /** The last first. */
    List<LabRevision> of(Draft draft) {
        return store.publishedAs(draft.id()).map(store::of).orElse(List.of());
    }

    /**
     * The files of a revision; of 0, those of the draft as it is now.
     *
     * @throws ProblemException if there is no such revision
     */
    LabFolder folder(Draft draft, int number) {
        if (number == 0) return drafts.folder(draft.id());
        return store.publishedAs(draft.id())
                .flatMap(id -> store.find(id, number))
                .flatMap(revision -> trees.find(revision.tree()))
                .orElseThrow(() -> DraftProblems.unknownRevision(draft.labId(), number));
    }

    /**
     * What has become of the files from one revision to another, where 0 is the draft as it is now.
     *
     * @throws ProblemException if there is no such revision
     */
    List<FolderDiff.Change> diff(Draft draft, int from, int to) {
        return FolderDiff.between(folder(draft, from), folder(draft, to));
    }
}
