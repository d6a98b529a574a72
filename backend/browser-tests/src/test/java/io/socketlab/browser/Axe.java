package io.socketlab.browser;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at pages as axe does, which knows what keeps people out. */
final class Axe {

    private static final Set<String> GRAVE = Set.of("serious", "critical");

    /**
     * Brings what is moving or fading to its end. Waiting for that may take for ever: what nobody
     * sees is not moved on.
     */
    private static final String SETTLED =
            "() => document.getAnimations().forEach((each) => each.finish())";

    private Axe() {}

    /**
     * What axe finds that is serious or critical.
     *
     * @param name of the page, for what is found
     * @param rules all there are where none is named
     */
    static List<String> grave(Page page, String name, List<String> rules) {
        // a button that is fading in has not its colour yet
        page.evaluate(SETTLED);
        // what is right is not listed: that takes longer than finding what is wrong
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        // looks at one frame, and all pages are of one; else each look opens a page of its own
        AxeBuilder axe = new AxeBuilder(page).options(options).setLegacyMode(true);
        if (!rules.isEmpty()) axe.withRules(rules);
        List<String> found = new ArrayList<>();
        for (Rule rule : axe.analyze().getViolations()) {
            if (!GRAVE.contains(rule.getImpact())) continue;
            rule.getNodes()
                    .forEach(node ->
                            found.add(
                                    name
                                            + ": "
                                            + rule.getId()
                                            + " at "
                                            + node.getTarget()
                                            + " "
                                            + node.getFailureSummary()));
        }
        return found;
    }
}
