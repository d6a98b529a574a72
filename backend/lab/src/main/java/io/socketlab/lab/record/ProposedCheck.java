package io.socketlab.lab.record;

import java.util.List;

/**
 * A check that a lab could have: it holds in every run that was recorded.
 *
 * @param yaml an item of {@code checks}, indented by two
 * @param failing the wrong answers of the lab that would not pass it
 */
public record ProposedCheck(String id, String title, String yaml, List<String> failing) {
    public ProposedCheck {
        failing = List.copyOf(failing);
    }
}
