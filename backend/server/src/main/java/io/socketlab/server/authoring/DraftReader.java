package io.socketlab.server.authoring;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Reads drafts as they stand, mistakes and all, and shows their statements. */
@Service
class DraftReader {

    private static final Logger LOG = LoggerFactory.getLogger(DraftReader.class);

    private final LabCatalogue catalogue;
    private final RevisionStore revisions;

    DraftReader(LabCatalogue catalogue, RevisionStore revisions) {
        this.catalogue = catalogue;
        this.revisions = revisions;
    }

    /**
     * What came of reading a draft.
     *
     * @param lab what lab.yaml says, if that can be read; scripts and statements may have mistakes
     * @param mistakes all that is wrong; none if the lab can be used
     */
    record Reading(LabFiles files, Optional<Lab> lab, List<Mistake> mistakes) {
        Reading {
            mistakes = List.copyOf(mistakes);
        }

        /** Those of one file. */
        List<Mistake> in(String path) {
            return mistakes.stream().filter(m -> m.file().equals(path)).toList();
        }
    }

    /**
     * Reads a draft.
     *
     * @param folder its files, as they are or as they might be
     */
    Reading read(Draft draft, LabFolder folder) {
        LabFiles files = folder.named(draft.labId());
        var mistakes = new ArrayList<Mistake>();
        Set<String> others = others(draft);
        Optional<Lab> lab = attempt(draft, mistakes, () -> LabReader.read(files, others));
        // which does it again, and goes on to scripts and statements
        if (lab.isPresent()) {
            attempt(draft, mistakes, () -> LabCatalogue.read(files, others, this::after));
        }
        return new Reading(files, lab, mistakes);
    }

    /** The labs that it can come after. */
    private Set<String> others(Draft draft) {
        var others = new TreeSet<>(catalogue.labs().keySet());
        others.addAll(revisions.idsOf(draft.accountId()));
        return others;
    }

    private List<String> after(String id) {
        return catalogue.find(id).map(lab -> lab.about().after()).orElse(List.of());
    }

    private static Optional<Lab> attempt(
            Draft draft, List<Mistake> mistakes, Supplier<Lab> reading) {
        try {
            return Optional.of(reading.get());
        } catch (LabException e) {
            e.problems().forEach(p -> mistakes.add(Mistake.of(p, draft.labId())));
        } catch (IllegalArgumentException | IllegalStateException e) {
            mistakes.add(new Mistake(LabReader.FILE, 1, 1, String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            LOG.warn("draft {} is nested too deeply", draft.id());
            mistakes.add(new Mistake(LabReader.FILE, 1, 1, "expected less nesting"));
        }
        return Optional.empty();
    }

    /**
     * A statement as students see it, with the parameters of a seed where they can be worked out.
     *
     * @param draft that it is of, where its images are
     * @param path which, {@code statement.en.md}; for every other file it is the English one
     * @return safe HTML; empty if there is none
     */
    static Optional<String> statement(Draft draft, Reading reading, String path, long seed) {
        String file = path.matches("statement\\.[A-Za-z-]+\\.md") ? path : "statement.en.md";
        Optional<Statement> statement =
                reading.files().read(file).map(text -> Statement.of(file, text));
        return statement.map(s -> html(reading, s, seed, "/author/" + draft.id() + "/images"));
    }

    private static String html(Reading reading, Statement statement, long seed, String images) {
        if (reading.lab().isEmpty()) return statement.htmlAsWritten(images);
        try {
            return statement.html(reading.lab().get().parameters(seed), images);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return statement.htmlAsWritten(images); // a name that is none is among the mistakes
        }
    }
}
