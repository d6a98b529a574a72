package io.socketlab.server.authoring;

import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.DatabaseTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Keeps drafts as they are now, so that they can be run, verified and published as they are. */
@Service
class Trials {

    private static final int HASH_DIGITS = 40;

    private final DraftStore drafts;
    private final RevisionStore revisions;
    private final TreeStore trees;
    private final TrialStore store;
    private final Clock clock;

    Trials(
            DraftStore drafts,
            RevisionStore revisions,
            TreeStore trees,
            TrialStore store,
            Clock clock) {
        this.drafts = drafts;
        this.revisions = revisions;
        this.trees = trees;
        this.store = store;
        this.clock = clock;
    }

    /** A draft as it is now, with the number that it would be published as. */
    Trial of(Draft draft) {
        LabFolder folder = asPublished(draft);
        Instant now = DatabaseTime.now(clock);
        String tree = kept(folder, now);
        String id = id(draft, tree);
        try {
            if (store.find(id).isEmpty()) {
                store.add(new Trial(id, draft.id(), draft.labId(), tree, now));
            }
        } catch (DuplicateKeyException e) {
            // two clicks at once: the other one has kept it
        }
        return store.find(id).orElseThrow();
    }

    private String kept(LabFolder folder, Instant now) {
        try {
            return trees.keep(folder, now);
        } catch (DuplicateKeyException e) {
            return folder.hash(); // somebody else has kept it at the same moment
        }
    }

    /** What a trial of the draft as it is now is called; nothing is kept. */
    String idNow(Draft draft) {
        return id(draft, asPublished(draft).hash());
    }

    private static String id(Draft draft, String tree) {
        try {
            String of = draft.id() + "\n" + draft.labId() + "\n" + tree;
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(of.getBytes(StandardCharsets.UTF_8));
            return Labs.DRAFT + HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private LabFolder asPublished(Draft draft) {
        LabFolder folder = drafts.folder(draft.id());
        return folder.withRevision(nextNumber(draft, folder));
    }

    /** The last revision's number if nothing has changed since, else the one after it. */
    private int nextNumber(Draft draft, LabFolder folder) {
        Optional<LabRevision> last = revisions.publishedAs(draft.id()).flatMap(revisions::last);
        if (last.isEmpty()) return 1;
        int number = last.get().number();
        boolean same = folder.withRevision(number).hash().equals(last.get().tree());
        return same ? number : number + 1;
    }
}
