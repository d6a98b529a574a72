package io.socketlab.lab.model;

import java.util.Map;

/** Labs for tests that are nothing but their lab file. */
public final class LabText {

    private LabText() {}

    /**
     * @throws LabException if it cannot be understood
     */
    public static Lab lab(String id, String yaml) {
        return LabReader.read(files(id, yaml));
    }

    static LabFiles files(String id, String yaml) {
        return new TextFiles(id, Map.of(LabReader.FILE, yaml));
    }
}
