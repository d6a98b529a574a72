package io.socketlab.server.authoring;

import io.socketlab.lab.model.ImageType;
import java.util.List;
import java.util.Optional;

/**
 * What the page says that a draft is written on.
 *
 * @param title the lab's, or its id while it cannot be read
 * @param text what stands in the editor; empty for a file that is no text
 * @param statement safe HTML
 * @param conflict what differs, if the file has changed since it was opened
 */
record DraftPage(
        Draft draft,
        String title,
        List<Row> files,
        DraftFile file,
        Optional<String> text,
        List<Mistake> mistakes,
        String statement,
        Optional<List<LineDiff.Hunk>> conflict) {

    DraftPage {
        files = List.copyOf(files);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * A file in the list.
     *
     * @param mistakes how many are in it
     */
    record Row(String path, int version, boolean current, long mistakes) {}

    /** Whether the file is an image, to be looked at. */
    public boolean isImage() {
        return ImageType.of(file.path()).isPresent() && file.size() > 0;
    }

    static DraftPage of(
            Draft draft,
            List<DraftFile> files,
            DraftFile file,
            Optional<String> text,
            DraftReader.Reading reading,
            Optional<List<LineDiff.Hunk>> conflict) {
        return new DraftPage(
                draft,
                reading.lab().map(lab -> lab.title().text()).orElse(draft.labId()),
                files.stream()
                        .map(f ->
                                new Row(
                                        f.path(),
                                        f.version(),
                                        f.path().equals(file.path()),
                                        reading.in(f.path()).size()))
                        .toList(),
                file,
                text,
                reading.mistakes(),
                DraftReader.statement(draft, reading, file.path(), 1).orElse(""),
                conflict);
    }
}
