package io.socketlab.server.authoring;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the folder of a lab may hold: so much, and nothing that leads out of it. */
final class FolderLimits {

    static final int MOST_FILES = 100;
    static final int LONGEST_PATH = 120;

    /** Octets of a file. */
    static final int LARGEST_FILE = 256 << 10;

    /** Octets of all files together. */
    static final int LARGEST_FOLDER = 2 << 20;

    /** Where a lab has its files; the first is its own folder. */
    static final List<String> FOLDERS =
            List.of("", "starter", "solution", "mutants", "hints", "assets", "programs");

    /** No name is hidden, none is "." or "..", and none needs quoting anywhere. */
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)?");

    private FolderLimits() {}

    /**
     * @throws io.socketlab.server.web.ProblemException if it cannot be a file's path in a lab
     */
    static void checkPath(String path) {
        if (path.length() > LONGEST_PATH) {
            throw DraftProblems.badFile(
                    "The path '%s…' has %d characters; at most %d are allowed."
                            .formatted(path.substring(0, 40), path.length(), LONGEST_PATH));
        }
        if (!PATH.matcher(path).matches()) {
            throw DraftProblems.badFile(
                    "'"
                            + path
                            + "' cannot be a file of a lab: expected a name of letters, digits, '.', '_' and"
                            + " '-', as in lab.yaml, or one in a folder, as in solution/plain.pkt.");
        }
        String folder = path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
        if (!FOLDERS.contains(folder)) {
            throw DraftProblems.badFile(
                    "A lab has no folder '%s'; it has %s."
                            .formatted(
                                    folder, String.join(", ", FOLDERS.subList(1, FOLDERS.size()))));
        }
    }

    static void checkSize(String path, long octets) {
        if (octets <= LARGEST_FILE) return;
        throw DraftProblems.badFile(
                "%s has %,d octets; a file has at most %,d.".formatted(path, octets, LARGEST_FILE));
    }

    static void check(Map<String, byte[]> files) {
        if (files.size() > MOST_FILES) {
            throw DraftProblems.badFile(
                    "There are %d files; a lab has at most %d."
                            .formatted(files.size(), MOST_FILES));
        }
        long total = 0;
        var written = new HashMap<String, String>();
        for (var file : files.entrySet()) {
            String path = file.getKey();
            checkPath(path);
            checkSize(path, file.getValue().length);
            total += file.getValue().length;
            String other = written.put(path.toLowerCase(Locale.ROOT), path);
            if (other != null) {
                throw DraftProblems.badFile(
                        "%s and %s are one file where letters count the same large and small."
                                .formatted(other, path));
            }
        }
        if (total > LARGEST_FOLDER) {
            throw DraftProblems.badFile(
                    "The files have %,d octets together; a lab has at most %,d."
                            .formatted(total, LARGEST_FOLDER));
        }
    }
}
