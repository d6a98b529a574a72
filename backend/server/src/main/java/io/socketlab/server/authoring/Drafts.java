package io.socketlab.server.authoring;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.catalogue.Skeleton;
import io.socketlab.lab.model.LabReader;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** One's drafts: making them, changing their files, and nobody else's. */
@Service
class Drafts {

    static final int MOST = 200;

    private final DraftStore store;
    private final RevisionStore revisions;
    private final LabCatalogue catalogue;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Drafts(
            DraftStore store,
            RevisionStore revisions,
            LabCatalogue catalogue,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.revisions = revisions;
        this.catalogue = catalogue;
        this.transaction = transaction;
        this.clock = clock;
    }

    // ---- finding

    /**
     * Refuses guests.
     *
     * @throws ProblemException if this is one
     */
    static void checkMayWrite(SignedIn me) {
        if (me.guest()) throw DraftProblems.guest();
    }

    List<Draft> of(SignedIn me) {
        checkMayWrite(me);
        return store.of(me.id());
    }

    /**
     * One's own draft, by its id as it stands in an address; others' are not there.
     *
     * @throws ProblemException if there is none
     */
    Draft mine(SignedIn me, String id) {
        checkMayWrite(me);
        try {
            return store.find(UUID.fromString(id))
                    .filter(draft -> draft.accountId().equals(me.id()))
                    .orElseThrow(() -> DraftProblems.unknownDraft(id));
        } catch (IllegalArgumentException e) {
            throw DraftProblems.unknownDraft(id);
        }
    }

    List<DraftFile> files(Draft draft) {
        return store.files(draft.id());
    }

    /**
     * @throws ProblemException if there is none
     */
    DraftFile file(Draft draft, String path) {
        return store.file(draft.id(), path).orElseThrow(() -> DraftProblems.unknownFile(path));
    }

    LabFolder folder(Draft draft) {
        return store.folder(draft.id());
    }

    // ---- making

    /** A whole lab to begin with. */
    Draft fromTemplate(SignedIn me, String labId) {
        return add(me, labId, LabFolder.ofTexts(Skeleton.files(checked(labId))));
    }

    /** A copy of a lab of the catalogue under another id, as its first revision. */
    Draft copyOf(SignedIn me, String catalogueId, String labId) {
        LabFolder folder =
                catalogue
                        .find(catalogueId)
                        .map(lab -> LabFolder.copyOf(lab.files()))
                        .orElseThrow(() -> DraftProblems.unknownLab(catalogueId));
        return add(me, labId, folder.withId(checked(labId)).withRevision(1));
    }

    /** What a zip holds, under the id that its lab.yaml has. */
    Draft imported(SignedIn me, LabFolder folder) {
        String id =
                folder.id()
                        .orElseThrow(() ->
                                DraftProblems.badZip(
                                        "The zip has no lab.yaml with an id, as in id: my-lab."));
        return add(me, id, folder);
    }

    private static String checked(String labId) {
        if (!LabReader.isId(labId)) throw DraftProblems.badId(labId);
        return labId;
    }

    private Draft add(SignedIn me, String labId, LabFolder folder) {
        checkMayWrite(me);
        if (store.of(me.id()).size() >= MOST) throw DraftProblems.tooMany(MOST);
        Instant now = now();
        var draft = new Draft(UUID.randomUUID(), me.id(), labId, 1, now, now);
        store.add(draft, folder);
        return draft;
    }

    // ---- changing

    /**
     * Writes a file.
     *
     * @param base the version of the file that was changed; 0 to make one
     * @return the file as it is now
     * @throws StaleDraftException if it has changed meanwhile
     * @throws ProblemException if it cannot be a file of a lab
     */
    DraftFile write(Draft draft, String path, int base, String text) {
        return write(draft, path, base, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes a file in from outside, in place of one of the same path.
     *
     * @throws ProblemException if it cannot be a file of a lab
     */
    void bring(Draft draft, String path, byte[] octets) {
        int base = store.file(draft.id(), path).map(DraftFile::version).orElse(0);
        write(draft, path, base, octets);
    }

    private DraftFile write(Draft draft, String path, int base, byte[] octets) {
        FolderLimits.checkPath(path);
        FolderLimits.checkSize(path, octets.length);
        DraftFile mine = DraftFile.of(path, base, octets);
        try {
            return transaction.execute(_ -> {
                int version = store.nextVersion(draft.id(), now());
                if (!store.write(draft.id(), path, base, version, octets)) throw stale(draft, mine);
                LabFolder folder = store.folder(draft.id()); // which is within the limits
                if (path.equals(LabReader.FILE)) follow(draft, folder);
                return DraftFile.of(path, version, octets);
            });
        } catch (DuplicateKeyException e) {
            throw stale(draft, mine);
        }
    }

    /** Takes over the id of lab.yaml, as long as nobody knows the lab by another. */
    private void follow(Draft draft, LabFolder folder) {
        if (revisions.publishedAs(draft.id()).isPresent()) return;
        folder.id().ifPresent(id -> store.rename(draft.id(), id));
    }

    /**
     * Removes a file.
     *
     * @throws StaleDraftException if it has changed meanwhile
     * @throws ProblemException if it is lab.yaml, without which there is no lab
     */
    void remove(Draft draft, String path, int base) {
        if (path.equals(LabReader.FILE)) {
            throw DraftProblems.badFile("lab.yaml is the lab: it can be changed, not deleted.");
        }
        transaction.executeWithoutResult(_ -> {
            store.nextVersion(draft.id(), now());
            if (!store.remove(draft.id(), path, base)) {
                throw stale(draft, new DraftFile(path, base, Optional.of(""), 0));
            }
        });
    }

    private StaleDraftException stale(Draft draft, DraftFile mine) {
        DraftFile now = store.file(draft.id(), mine.path()).orElse(DraftFile.absent(mine.path()));
        return new StaleDraftException(now, mine.text().orElse(""));
    }

    /** Deletes a draft; what has been published stays. */
    void delete(Draft draft) {
        store.remove(draft.id());
    }

    /**
     * Deletes a draft, if it still has this version.
     *
     * @throws ProblemException if it has not
     */
    void delete(Draft draft, int version) {
        if (draft.version() != version) throw DraftProblems.changed(draft);
        delete(draft);
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }
}
