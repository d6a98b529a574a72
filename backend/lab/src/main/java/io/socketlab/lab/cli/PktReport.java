package io.socketlab.lab.cli;

import io.socketlab.lab.packetdrill.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run over many scripts came to, as a page of Markdown: counts by folder, then the rest. */
final class PktReport {

    /** Scripts of one folder. */
    private static final class Count {
        private int passed;
        private int failed;
        private int skipped;
    }

    private final Map<String, Count> folders = new LinkedHashMap<>();
    private final List<String> rest = new ArrayList<>();

    void add(Path script, Verdict verdict) {
        Path parent = script.getParent();
        String folder = parent == null ? "." : String.valueOf(parent.getFileName());
        Count count = folders.computeIfAbsent(folder, _ -> new Count());
        switch (verdict) {
            case Verdict.Passed _ -> count.passed++;
            case Verdict.Skipped _ -> {
                count.skipped++;
                remember(folder, script, verdict);
            }
            case Verdict.Failed _, Verdict.Malformed _ -> {
                count.failed++;
                remember(folder, script, verdict);
            }
        }
    }

    private void remember(String folder, Path script, Verdict verdict) {
        String text = verdict.toString().replace(script.toString(), "").replace("|", "\\|");
        rest.add("| " + folder + "/" + script.getFileName() + " | " + text + " |");
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("| folder | passed | failed | skipped |\n| --- | --- | --- | --- |\n");
        int passed = 0;
        int failed = 0;
        int skipped = 0;
        for (var entry : folders.entrySet()) {
            Count c = entry.getValue();
            text.append(row(entry.getKey(), c.passed, c.failed, c.skipped));
            passed += c.passed;
            failed += c.failed;
            skipped += c.skipped;
        }
        text.append(row("all", passed, failed, skipped));
        if (!rest.isEmpty()) {
            text.append("\n| script | what came of it |\n| --- | --- |\n");
            rest.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static String row(String name, int passed, int failed, int skipped) {
        return "| " + name + " | " + passed + " | " + failed + " | " + skipped + " |\n";
    }
}
