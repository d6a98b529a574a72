package io.socketlab.server.authoring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.server.lab.LabShelf;
import io.socketlab.server.lab.Labs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Trials and revisions as labs. Neither changes, so each is read once. */
@Service
class AuthoredLabs implements LabShelf {

    private static final Logger LOG = LoggerFactory.getLogger(AuthoredLabs.class);
    private static final int MOST_IN_MEMORY = 500;

    private final TreeStore trees;
    private final TrialStore trials;
    private final RevisionStore revisions;
    private final Cache<String, Lab> labs =
            Caffeine.newBuilder().maximumSize(MOST_IN_MEMORY).build();

    AuthoredLabs(TreeStore trees, TrialStore trials, RevisionStore revisions) {
        this.trees = trees;
        this.trials = trials;
        this.revisions = revisions;
    }

    @Override
    public Optional<Lab> find(String id) {
        if (id.startsWith(Labs.DRAFT)) {
            return trials.find(id).flatMap(t -> read(t.tree(), t.labId(), id));
        }
        return revisions.last(id).flatMap(this::read);
    }

    @Override
    public Optional<Lab> find(String id, int revision) {
        if (id.startsWith(Labs.DRAFT)) return find(id);
        return revisions.find(id, revision).flatMap(this::read);
    }

    @Override
    public List<Integer> revisions(String id) {
        return revisions.of(id).stream().map(LabRevision::number).toList();
    }

    @Override
    public boolean isOpenTo(UUID account, String id) {
        return id.startsWith(Labs.DRAFT)
                ? trials.owner(id).filter(account::equals).isPresent()
                : revisions.isTaken(id);
    }

    @Override
    public List<Lab> publishedBy(UUID account) {
        return revisions.idsOf(account).stream().map(this::find).flatMap(Optional::stream).toList();
    }

    private Optional<Lab> read(LabRevision revision) {
        return read(revision.tree(), revision.labId(), revision.labId());
    }

    /**
     * @param name what its files call it
     * @param id what it is found as
     */
    private Optional<Lab> read(String tree, String name, String id) {
        String key = id + " " + tree;
        Lab there = labs.getIfPresent(key);
        if (there != null) return Optional.of(there);
        try {
            Optional<Lab> lab =
                    trees.find(tree)
                            .map(folder -> LabCatalogue.read(folder.named(name), Set.of()).as(id));
            lab.ifPresent(l -> labs.put(key, l));
            return lab;
        } catch (LabException e) {
            // what a later version takes no more is not there any more; a draft is often so
            if (!id.startsWith(Labs.DRAFT)) LOG.warn("lab {}: {}", id, e.getMessage());
            return Optional.empty();
        }
    }
}
