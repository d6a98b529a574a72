package io.socketlab.server.authoring;

import io.socketlab.server.grading.Verifications.Verification;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the page says that a draft is tried, verified and published on.
 *
 * @param mistakes how many it has; such a draft can be neither tried nor verified
 * @param pool how many seeds there are
 * @param verification of the draft as it is now
 * @param next the number that it would be published as; 0 if nothing has changed since it was
 */
record ProofPage(
        Draft draft,
        String title,
        int mistakes,
        int pool,
        Optional<Verification> verification,
        int next) {

    private static final Pattern PROBLEM =
            Pattern.compile("([^:]+):(\\d+):(\\d+): (.*)", Pattern.DOTALL);

    /**
     * Something that is wrong.
     *
     * @param file its path in the lab; empty if it is nowhere
     */
    record Finding(String file, int line, int column, String message) {}

    public boolean canBePublished() {
        return next > 0 && verification.filter(Verification::isProven).isPresent();
    }

    public boolean isUnderWay() {
        return verification.filter(Verification::isUnderWay).isPresent();
    }

    /** What verifying has found. */
    public List<Finding> findings() {
        return verification
                .flatMap(Verification::report)
                .map(r -> r.problems().stream().map(this::finding).toList())
                .orElse(List.of());
    }

    private Finding finding(String problem) {
        Matcher m = PROBLEM.matcher(problem);
        if (!m.matches()) return new Finding("", 0, 0, problem);
        String prefix = draft.labId() + "/";
        String file = m.group(1);
        return new Finding(
                file.startsWith(prefix) ? file.substring(prefix.length()) : file,
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3)),
                m.group(4));
    }
}
