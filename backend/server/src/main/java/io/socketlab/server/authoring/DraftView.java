package io.socketlab.server.authoring;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A draft as programs see it.
 *
 * @param version counts its saves
 * @param revisions what has been published of it, the last first
 */
@Schema(name = "Draft")
record DraftView(
        UUID id,
        @Schema(example = "my-lab") String lab,
        int version,
        Instant created,
        Instant updated,
        List<FileView> files,
        List<Integer> revisions) {

    DraftView {
        files = List.copyOf(files);
        revisions = List.copyOf(revisions);
    }

    /**
     * @param version of the save that changed it last
     * @param size octets
     */
    @Schema(name = "DraftFile")
    record FileView(@Schema(example = "lab.yaml") String path, int version, int size) {

        static FileView of(DraftFile file) {
            return new FileView(file.path(), file.version(), file.size());
        }
    }

    static DraftView of(Draft draft, List<DraftFile> files, List<LabRevision> revisions) {
        return new DraftView(
                draft.id(),
                draft.labId(),
                draft.version(),
                draft.created(),
                draft.updated(),
                files.stream().map(FileView::of).toList(),
                revisions.stream().map(LabRevision::number).toList());
    }
}
