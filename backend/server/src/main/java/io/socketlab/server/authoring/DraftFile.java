package io.socketlab.server.authoring;

import java.util.Optional;

/**
 * A file of a draft.
 *
 * @param version the draft's when it was changed last; 0 for one that is not there yet
 * @param text empty if it is no text
 * @param size octets
 */
record DraftFile(String path, int version, Optional<String> text, int size) {

    /** One to be made. */
    static DraftFile absent(String path) {
        return new DraftFile(path, 0, Optional.of(""), 0);
    }

    static DraftFile of(String path, int version, byte[] octets) {
        return new DraftFile(path, version, LabFolder.decode(octets), octets.length);
    }
}
