package io.socketlab.lab.record;

import io.socketlab.lab.script.Source;
import java.util.List;
import java.util.stream.Collectors;

/** Writes proposals as items of {@code checks}. */
final class ProposalText {

    private final StringBuilder text = new StringBuilder();

    private ProposalText() {}

    /** What stands above all of them. */
    static String head(List<Source> scripts, long seeds) {
        String files = scripts.stream().map(Source::file).collect(Collectors.joining(", "));
        return "  # Proposed from "
                + files
                + " with "
                + seeds
                + " seeds: each holds with all.\n"
                + "  # Keep what your lab is about; give it points, words and hints, and a task.\n";
    }

    /**
     * One of them.
     *
     * @param failing the wrong answers that do not pass it
     */
    static String item(Proposal proposal, int layer, List<String> failing) {
        var item = new ProposalText();
        item.add(proposal, layer, failing);
        return item.text.toString();
    }

    private void add(Proposal proposal, int layer, List<String> failing) {
        for (String path : failing) line("  # " + path + " fails it: say so in 'fails'.");
        line("  - id: " + proposal.id());
        line("    title: {en: \"" + proposal.title() + "\"}");
        line("    points: 1");
        line("    layer: " + layer);
        proposal.requires().ifPresent(r -> line("    requires: \"" + r + "\""));
        line("    assert:");
        proposal.asserted().forEach(part -> line("      " + part));
        if (proposal.hasParts()) line("    pay: all-or-nothing");
        line("    feedback:");
        line("      fail: {en: \"Expected {{expected}}. Here: {{actual}}. See event {{event}}.\"}");
        if (proposal.requires().isPresent()) {
            line("      not_exercised: {en: \"Nothing of this has happened yet.\"}");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
