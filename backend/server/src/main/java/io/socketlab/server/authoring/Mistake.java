package io.socketlab.server.authoring;

import io.socketlab.lab.model.LabException;

/**
 * What is wrong with a draft, and where.
 *
 * @param file its path in the lab
 * @param line from 1, as is {@code column}
 * @param message what was expected, and the nearest right spelling
 */
record Mistake(String file, int line, int column, String message) {

    /** The lab loader calls files by their folder, which is the lab's id. */
    static Mistake of(LabException.Problem problem, String labId) {
        String file = problem.file();
        String prefix = labId + "/";
        return new Mistake(
                file.startsWith(prefix) ? file.substring(prefix.length()) : file,
                problem.line(),
                problem.column(),
                problem.message());
    }
}
