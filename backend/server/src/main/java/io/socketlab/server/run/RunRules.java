package io.socketlab.server.run;

import io.socketlab.server.account.SignedIn;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What courses say about the runs that are made for them. Told by whoever keeps courses. */
public interface RunRules {

    /** Whether somebody may look at a run that is another's, because he teaches him. */
    boolean mayLook(UUID account, Run run);

    /** The course that a run is made for; empty if it is for none. */
    Optional<UUID> course(Run run);

    /** A course's assignments. */
    Set<UUID> assignments(UUID course);

    /** Under which terms a run is made; empty if it is for no course. */
    Optional<Terms> terms(Run run);

    /** Those of some runs of whose scores their students see nothing. */
    Set<UUID> hidden(Collection<UUID> runs);

    /**
     * What somebody begins a run with for an assignment.
     *
     * @throws io.socketlab.server.web.ProblemException if there is none that he may work on
     */
    Beginning beginning(SignedIn me, String assignment);

    record Beginning(String lab, Runs.Cause cause) {}

    /**
     * @param course what it is called
     * @param path of the assignment's page
     * @param worth what a hand-in now is worth, as a sentence
     * @param made how often something was handed in that counts
     * @param graded how many hand-ins count, 0 for any number
     * @param due whether what is shown behind the deadline is shown
     * @param hidesScores whether students see no scores
     */
    record Terms(
            String course,
            String path,
            String worth,
            int made,
            int graded,
            boolean due,
            boolean hidesScores) {}
}
